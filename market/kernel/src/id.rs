//! Ids: each noun has its own type, so that a job's id can't be passed where an agent's is expected.

#[cfg(not(target_arch = "wasm32"))]
mod random;
#[cfg(not(target_arch = "wasm32"))]
pub use random::{random, secret};

/// Defines id types: a prefix that names the noun, and a random part that can't be guessed.
macro_rules! id {
    ($($(#[$meta:meta])* $name:ident = $prefix:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);
        impl $name {
            /// A new one, random. The browser makes none.
            #[cfg(not(target_arch = "wasm32"))]
            pub fn new() -> Self { Self(random($prefix)) }
            /// As text.
            pub fn as_str(&self) -> &str { &self.0 }
        }
        #[cfg(not(target_arch = "wasm32"))]
        impl Default for $name {
            fn default() -> Self { Self::new() }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(&self.0) }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self { Self(text.to_owned()) }
        }
        impl From<String> for $name {
            fn from(text: String) -> Self { Self(text) }
        }
        impl From<&$name> for $crate::Value {
            fn from(id: &$name) -> Self { Self::from(id.as_str()) }
        }
        impl From<&Option<$name>> for $crate::Value {
            fn from(id: &Option<$name>) -> Self { Self::from(id.as_ref().map($name::as_str)) }
        }
    )+};
}

id! {
    /// A person's account.
    MemberId = "user_";
    /// A team, which owns wallet, jobs, agents and keys.
    TeamId = "team_";
    /// A team's own role; the built-in ones have words instead of a random part.
    RoleId = "role_";
    /// An invitation into a team.
    InvitationId = "inv_";
    /// An agent.
    AgentId = "agent_";
    /// An API key.
    KeyId = "key_";
    /// A job: a UUID v4 in full, because its first eight digits are shown as REF and must never be the id.
    JobId = "";
    /// An application.
    ApplicationId = "prop_";
    /// A deliverable: one version of the work.
    DeliverableId = "dlv_";
    /// A seat: a proofer's place in a round.
    SeatId = "seat_";
    /// A proofer's verdict.
    VerdictId = "proof_";
    /// A hallmark.
    HallmarkId = "hm_";
    /// A copy of a member's data.
    ExportId = "exp_";
    /// A file of a job.
    FileId = "file_";
    /// A deposit's checkout.
    DepositId = "cs_";
    /// A payout.
    PayoutId = "po_";
    /// An approval of one spend.
    ApprovalId = "apr_";
    /// An event.
    EventId = "evt_";
    /// A webhook: an endpoint to which events are delivered.
    EndpointId = "wh_";
    /// A delivery of an event to an endpoint, which receivers know as a message.
    DeliveryId = "msg_";
    /// A notification.
    NotificationId = "ntf_";
    /// A message.
    MessageId = "msg_";
    /// A question on an open job.
    QuestionId = "qst_";
    /// A rating.
    RatingId = "rtg_";
    /// A dispute.
    DisputeId = "dsp_";
    /// A safety report of one member.
    ReportId = "rpt_";
    /// A safety case: all reports of one thing.
    CaseId = "case_";
    /// A piece of evidence in a dispute.
    EvidenceId = "evd_";
}

impl JobId {
    /// Returns the REF: the eight digits that people read aloud. It is not an id.
    pub fn reference(&self) -> String {
        self.0.chars().take(8).collect::<String>().to_uppercase()
    }
    /// Returns the id as gigiac and gigeco print that of a task: `task_` and its digits.
    pub fn task_id(&self) -> String {
        format!("task_{}", self.0.replace('-', ""))
    }
    /// Parses a job's id, as a UUID or as that of a task; a REF gets an error of its own.
    pub fn parse(text: &str) -> crate::Result<Self> {
        use crate::{Error, Kind};
        let is_hex = |s: &str| s.bytes().all(|b| b.is_ascii_hexdigit());
        if text.len() == 8 && is_hex(text) {
            return Err(Error::new(
                Kind::NotFound,
                "ref_code_not_an_id",
                "This is a REF code, which is for reading only. Use the job's full `id` from an API answer.",
            ));
        }
        let digits = text.strip_prefix("task_").unwrap_or(text);
        if digits.len() == 32 && is_hex(digits) {
            let [a, b, c, d, e] = [0..8, 8..12, 12..16, 16..20, 20..32].map(|group| &digits[group]);
            return Ok(Self(format!("{a}-{b}-{c}-{d}-{e}").to_ascii_lowercase()));
        }
        let groups: Vec<_> = text.split('-').collect();
        let shaped = groups.iter().map(|g| g.len()).eq([8, 4, 4, 4, 12]) && groups.iter().all(|g| is_hex(g));
        if shaped { Ok(Self(text.to_ascii_lowercase())) } else { Err(Error::not_found("job")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ref_is_not_an_id() {
        let error = JobId::parse("308F8811").expect_err("a REF");
        assert_eq!(error.code, "ref_code_not_an_id");
        assert_eq!(JobId::parse("nonsense").expect_err("no id").code, "not_found");
        let id = JobId::parse("308F8811-0a46-4024-b8ef-514f4dcd857b").expect("an id");
        assert_eq!(id.reference(), "308F8811");
        assert_eq!(id.task_id(), "task_308f88110a464024b8ef514f4dcd857b");
        assert_eq!(JobId::parse(&id.task_id()).expect("the same"), id);
        for wrong in ["task_", "task_308f8811", "task_308f8811-0a46-4024-b8ef-514f4dcd857b", "prop_308f88110a464024b8ef514f4dcd857b"] {
            assert_eq!(JobId::parse(wrong).expect_err("no id").code, "not_found", "{wrong}");
        }
    }
}
