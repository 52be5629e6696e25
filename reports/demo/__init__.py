"""Sample data of the reports: letters, the outreach ledger, a draft."""

from reports.demo.loading import load

__all__ = ["load"]
