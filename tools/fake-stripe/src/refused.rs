//! Refusals, as Stripe words them.

use serde_json::{Value, json};

/// A refusal: its status and its error.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    pub(crate) status: u16,
    pub(crate) error: Value,
}

/// The answer to a call: an object, or a refusal.
pub(crate) type Answer = Result<Value, Refused>;

impl Refused {
    fn new(status: u16, kind: &str, message: String) -> Self {
        Self { status, error: json!({ "type": kind, "message": message }) }
    }

    /// A request that can't be met as it is.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, "invalid_request_error", message.into())
    }

    /// A request without a parameter that is needed.
    pub(crate) fn missing(param: &str) -> Self {
        Self::invalid(format!("Missing required param: {param}.")).param(param).code("parameter_missing")
    }

    /// A request with a parameter that the call does not have. The fake refuses those of Stripe's that it would ignore, too.
    pub(crate) fn unknown(param: &str) -> Self {
        Self::invalid(format!("Received unknown parameter: {param} (or one that this fake does not have)"))
            .param(param)
            .code("parameter_unknown")
    }

    /// A request about an object that does not exist, or belongs to another account.
    pub(crate) fn no_such(kind: &str, id: &str) -> Self {
        let refused = Self::invalid(format!("No such {kind}: '{id}'")).param("id").code("resource_missing");
        Self { status: 404, ..refused }
    }

    /// A balance that is too small.
    pub(crate) fn balance() -> Self {
        Self::invalid("You have insufficient available funds in your Stripe account.").code("balance_insufficient")
    }

    /// A payment that the card's bank refused, with the objects that it left behind.
    pub(crate) fn card(code: &str, decline: &str, message: &str, left: Value) -> Self {
        let mut refused = Self::new(402, "card_error", message.into()).code(code);
        refused.error["decline_code"] = json!(decline);
        for (name, value) in left.as_object().into_iter().flatten() {
            refused.error[name] = value.clone();
        }
        refused
    }

    /// A key that was used with other parameters.
    pub(crate) fn idempotency(key: &str) -> Self {
        let message = format!(
            "Keys for idempotent requests can only be used with the same parameters they were first used with. \
             Try using a key other than '{key}' if you meant to execute a different request."
        );
        Self::new(400, "idempotency_error", message)
    }

    /// A failure that a test asked for.
    pub(crate) fn on_purpose(status: u16) -> Self {
        match status {
            429 => Self { status, ..Self::invalid("Request rate limit exceeded.").code("rate_limit") },
            _ => Self::new(status, if status >= 500 { "api_error" } else { "invalid_request_error" }, "A test asked for this.".into()),
        }
    }

    /// A key that Stripe does not know.
    pub(crate) fn key() -> Self {
        Self::new(401, "invalid_request_error", "Invalid API Key provided".into())
    }

    /// A path that Stripe does not have.
    pub(crate) fn no_path(method: &str, path: &str) -> Self {
        let refused = Self::invalid(format!("Unrecognized request URL ({method}: /v1/{path}).")).code("url_invalid");
        Self { status: 404, ..refused }
    }

    pub(crate) fn param(mut self, param: &str) -> Self {
        self.error["param"] = json!(param);
        self
    }

    pub(crate) fn code(mut self, code: &str) -> Self {
        self.error["code"] = json!(code);
        self.error["doc_url"] = json!(format!("https://docs.stripe.com/error-codes/{}", code.replace('_', "-")));
        self
    }
}
