"""The new document with its changes against the old one marked: in Word as tracked changes, in print as 花脸稿."""
