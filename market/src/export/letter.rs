//! The mail that an export is ready.

use super::{Export, Link};
use platform::mail::Mail;

/// Takes the link to the member.
pub(super) fn ready(to: &str, base_url: &str, export: &Export, link: &Link) -> Mail {
    let text = format!(
        "Hello,\n\n\
         the copy of your data at Guildhall is ready. Download it here, within seven days ({} bytes):\n\n\
         {}\n\n\
         Keep the link to yourself: whoever opens it gets the copy. If you did not ask for it, choose a new password at once, and revoke\n\
         the API keys that you don't know:\n\n\
         {base_url}/forgot-password\n\n\
         Guildhall\n{base_url}\n",
        export.size, link.url
    );
    Mail { to: to.to_owned(), subject: "Your data is ready".to_owned(), text, unsubscribe: None }
}
