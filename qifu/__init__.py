"""qifu (企服): a county's service to its enterprises, case by case and provably."""
