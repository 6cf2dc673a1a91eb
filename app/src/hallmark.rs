//! Hallmarks on pages: the small stamp beside a job, and the public page that checks one.

pub mod check;
pub mod stamp;

use crate::profile::words::month;
use market::hallmark::Hallmark;
use market::id::HallmarkId;

/// Returns the address of a hallmark's check page.
pub fn address(id: &HallmarkId) -> String {
    format!("/hallmark/{id}")
}

/// Returns the caption: `3 approvals, November 2026`.
pub fn caption(hallmark: &Hallmark) -> String {
    format!("{}, {}", crate::profile::words::counted(hallmark.approvals, "approval"), month(hallmark.issued_at))
}

/// Returns the number of approvals and the month, as the drawing takes them.
fn drawn(hallmark: &Hallmark) -> (u8, u8) {
    (u8::try_from(hallmark.approvals).unwrap_or(u8::MAX), u8::from(hallmark.issued_at.utc().month()))
}
