//! The market's error as server functions return it; it is the same type in the browser and on the server.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use market::{Error, Kind};
use serde::{Deserialize, Serialize};

/// The error of a server function.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fault(pub Error);

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl FromServerFnError for Fault {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        use ServerFnErrorErr::{Args, Deserialization, MissingArg, Request};
        Self(match error {
            Args(why) | Deserialization(why) | MissingArg(why) => {
                Error::invalid("unreadable_form", format!("The form could not be read: {why}. Reload the page and try again."))
            }
            Request(_) => Error::new(Kind::Unavailable, "unreachable", "The server can't be reached. Try again in a moment."),
            _ => Error::internal(),
        })
    }
}
