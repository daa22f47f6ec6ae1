"""What concerns the person at the phone himself: for which enterprises he speaks."""
