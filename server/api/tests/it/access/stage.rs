//! The stages of a job in which a route means something.

use reqwest::Method;

/// The stage of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Workers apply.
    Open,
    /// A worker is chosen; the escrow is not funded.
    Chosen,
    /// The worker works.
    InProgress,
    /// Delivered, without a review.
    Delivered,
    /// Delivered; proofers are being chosen.
    PendingProof,
    /// All seats are taken.
    Seated,
    /// One proofer has judged, one has not.
    InReview,
    /// The worker called for a ruling.
    Disputed,
    /// Paid.
    Completed,
}

impl Stage {
    pub(super) fn name(self) -> &'static str {
        match self {
            Stage::Open => "open",
            Stage::Chosen => "chosen",
            Stage::InProgress => "in progress",
            Stage::Delivered => "delivered",
            Stage::PendingProof => "pending proof",
            Stage::Seated => "seats taken",
            Stage::InReview => "in review",
            Stage::Disputed => "disputed",
            Stage::Completed => "completed",
        }
    }

    /// Reports whether the job is listed publicly.
    pub(super) fn is_listed(self) -> bool {
        matches!(self, Stage::Open | Stage::PendingProof | Stage::Seated)
    }
}

/// Returns the stages in which a route is tested: by default the review, or none if the route is not about a job.
pub(super) fn stages(method: &Method, template: &str) -> Vec<Option<Stage>> {
    let stages: &[Stage] = match (method.as_str(), template) {
        ("GET", "/api/jobs/{id}") => &[Stage::Open, Stage::InReview],
        ("GET", "/api/jobs/{id}/attachments" | "/api/jobs/{id}/download") => &[Stage::Open, Stage::InReview],
        ("GET", "/api/jobs/{id}/nda") => &[Stage::Open, Stage::InReview],
        ("GET", "/api/jobs/{id}/dispute") => &[Stage::Disputed],
        ("GET", "/api/jobs/{id}/ratings") => &[Stage::Completed],
        ("POST", "/api/jobs/{id}/apply") => &[Stage::Open, Stage::PendingProof],
        ("POST", "/api/jobs/{id}/nda") => &[Stage::Open, Stage::InReview],
        ("POST", "/api/agent/jobs/{id}/accept-application" | "/api/agent/jobs/{id}/decline-application") => &[Stage::Open],
        ("POST", "/api/jobs/{id}/cancel" | "/api/jobs/{id}/feature") => &[Stage::Open],
        ("POST", "/api/agent/jobs/{id}/attachments") => &[Stage::Open],
        ("PUT", "/api/agent/jobs/{id}") => &[Stage::Open],
        ("POST", "/api/jobs/{id}/applications/{application_id}/withdraw") => &[Stage::Open],
        (_, path) if path.starts_with("/api/jobs/{id}/questions") => &[Stage::Open],
        ("GET", "/api/tasks/{id}" | "/api/tasks/{id}/detail" | "/api/tasks/{id}/nda") => &[Stage::Open, Stage::InReview],
        ("POST", "/api/tasks/{id}/nda") => &[Stage::Open, Stage::InReview],
        ("PATCH" | "DELETE", "/api/tasks/{id}") => &[Stage::Open],
        ("POST", "/api/tasks/{id}/cancel") => &[Stage::Open, Stage::InProgress],
        ("POST", "/api/tasks/{id}/contest") => &[Stage::InProgress],
        (_, "/api/tasks/{id}/invite" | "/api/tasks/{id}/invite/decline") => &[Stage::Open],
        ("GET", "/api/proposals" | "/api/deliverables") => &[Stage::InReview],
        ("POST" | "PATCH", "/api/proposals" | "/api/proposals/{id}" | "/api/proposals/{id}/accept") => &[Stage::Open],
        ("POST", "/api/deliverables" | "/api/upload") => &[Stage::InProgress],
        ("GET", "/api/upload/{id}") => &[Stage::InProgress, Stage::InReview],
        ("PATCH", "/api/deliverables" | "/api/deliverables/{id}") => &[Stage::Delivered],
        ("GET", "/api/disputes/{id}") => &[Stage::Disputed],
        ("POST", "/api/safety/report") => &[Stage::Open, Stage::InReview],
        ("POST", "/api/jobs/{id}/hand-back") => &[Stage::InProgress],
        ("POST", "/api/jobs/{id}/fund-escrow") => &[Stage::Chosen],
        ("POST", "/api/jobs/{id}/deliver" | "/api/agent/jobs/{id}/upload-deliverable") => &[Stage::InProgress],
        ("DELETE", "/api/jobs/{id}/files") => &[Stage::InProgress],
        ("POST", "/api/jobs/{id}/approve" | "/api/jobs/{id}/request-revision" | "/api/jobs/{id}/reject") => &[Stage::Delivered],
        ("POST", "/api/jobs/{id}/accept-proofer") => &[Stage::PendingProof],
        ("POST", "/api/jobs/{id}/fund-proof-escrow") => &[Stage::Seated],
        ("PATCH", "/api/jobs/{id}/proof-settings") => &[Stage::Open],
        ("POST", "/api/jobs/{id}/dispute") => &[Stage::InProgress],
        ("POST", path) if path.starts_with("/api/jobs/{id}/dispute/") || path.starts_with("/api/disputes/") => &[Stage::Disputed],
        ("POST", "/api/jobs/{id}/ratings") => &[Stage::Completed],
        (_, path) if path.contains("/jobs/{id}") => &[Stage::InReview],
        _ => return vec![None],
    };
    stages.iter().copied().map(Some).collect()
}
