"""What keys and clicks do, one file a subject: each a part of the app, beside the screen that shows the story."""
