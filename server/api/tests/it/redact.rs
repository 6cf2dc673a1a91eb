//! Replaces in answers the values that differ from run to run: ids, secrets, ports.

use serde_json::Value;

const PREFIXES: &[&str] = &[
    "user_",
    "team_",
    "agent_",
    "key_",
    "prop_",
    "dlv_",
    "file_",
    "exp_",
    "seat_",
    "proof_",
    "cs_",
    "req_",
    "evt_",
    "age_",
    "ggt_live_",
    "gig_",
    "alk_",
    "msg_",
    "qst_",
    "rtg_",
    "dsp_",
    "evd_",
    "po_",
    "apr_",
    "rpt_",
    "case_",
    "bank_good_",
    "task_",
    "wh_",
    "eyJ",
    "ada.m",
];

pub(crate) fn redact(value: &Value) -> Value {
    match value {
        // A secret has signs that ids have not, so it is no word.
        Value::String(text) if text.starts_with("whsec_") => Value::String("[whsec_]".into()),
        Value::String(text) => Value::String(words(text)),
        Value::Array(items) => items.iter().map(redact).collect(),
        Value::Object(fields) => {
            let tidied = fields.iter().map(|(name, value)| match (name.as_str(), value) {
                ("last_four", _) => (name.clone(), "[last four]".into()),
                ("ref", _) => (name.clone(), "[ref]".into()),
                ("responseTime", _) => (name.clone(), "[ms]".into()),
                _ => (name.clone(), redact(value)),
            });
            Value::Object(tidied.collect())
        }
        other => other.clone(),
    }
}

/// Tidies a text word by word; a word is made of the characters of ids.
fn words(text: &str) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    let mut told = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        told.push_str(&word(&rest[..end]));
        let next = rest[end..].find(is_part).map_or(rest.len(), |at| end + at);
        told.push_str(&rest[end..next]);
        rest = &rest[next..];
    }
    told.split_once("127.0.0.1:").map_or(told.clone(), |(before, after)| {
        format!("{before}127.0.0.1:[port]{}", after.trim_start_matches(|c: char| c.is_ascii_digit()))
    })
}

fn word(word: &str) -> String {
    let trimmed = word.trim_end_matches('.');
    let dots = &word[trimmed.len()..];
    if trimmed.split('-').map(str::len).eq([8, 4, 4, 4, 12]) {
        return format!("[uuid]{dots}");
    }
    match PREFIXES.iter().find(|prefix| trimmed.starts_with(*prefix) && trimmed.len() > prefix.len() + 15) {
        Some(prefix) => format!("[{prefix}]{dots}"),
        None => word.to_owned(),
    }
}
