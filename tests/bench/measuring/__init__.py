"""What is measured on the loaded county: pages, steps, an export, and two floors below them."""
