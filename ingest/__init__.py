"""Upstream -> facts -> the directory: the only place that makes outbound requests."""
