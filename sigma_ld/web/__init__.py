"""The web as stores and endpoints speak it."""
