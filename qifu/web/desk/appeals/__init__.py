"""The pages of a case: queues, list, the case itself, and a page for each verb."""
