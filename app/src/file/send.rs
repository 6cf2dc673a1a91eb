//! The upload form. Without a script the browser submits it; with one it shows progress.

use super::actions::SEND;
use crate::flash::Flash;
use crate::job::address;
use crate::once::{self, ONCE};
use crate::ui::form::{MARK, Submit, field_id};
use crate::ui::permission::{Refused, refusal, scopes};
use crate::{url, visitor};
use islands::sending::Sending;
use leptos::prelude::*;
use market::file::{FILES_MAX, Kind, in_words};
use market::id::JobId;

/// The upload form. A file is an attachment if the poster sends it, part of the work if the worker does, and evidence during a
/// dispute. Its hidden values are in its address, because the body is read as it arrives.
#[component]
pub fn Send(
    job: JobId,
    #[prop(into)] label: String,
    /// The text of the button.
    #[prop(default = "Upload")]
    act: &'static str,
    /// The limit on the number of files, in words.
    #[prop(default = format!("{FILES_MAX} in all"), into)]
    most: String,
    /// The kind of the file, where the job's status alone does not tell.
    #[prop(optional)]
    kind: Option<Kind>,
    /// The id of a form that the chosen files belong to: it is not sent before they are uploaded.
    #[prop(optional)]
    before: &'static str,
) -> impl IntoView {
    if let Some(error) = refusal(scopes("files")) {
        return view! { <Refused error=error /> }.into_any();
    }
    let on = ("job", job.to_string());
    let failed = use_context::<Flash>().and_then(|flash| flash.failed).filter(|failed| failed.is_of(SEND, Some(&on)));
    let wrong = failed.and_then(|failed| failed.error.fields.first().map(|field| field.message.to_string()));
    let help =
        format!("Any kind of file, up to {} each and {most}. The extension must match the content.", in_words(visitor::rules().file_max));
    let kind = kind.map(Kind::as_str).unwrap_or_default();
    let mark = visitor::current_user().map(|who| who.mark).unwrap_or_default();
    let hidden = [("kind", kind.to_owned()), ("page", visitor::page()), (MARK, mark), (ONCE, once::value())];
    let to = url::with_query(&format!("{}/files", address(&job)), &hidden.each_ref().map(|(name, value)| (*name, value.as_str())));
    view! {
        <form class="form narrow send" method="post" enctype="multipart/form-data" action=to novalidate>
            <Sending id=field_id(SEND, "file") label=label help=help wrong=wrong.unwrap_or_default() before=before.to_owned() />
            <div><Submit class="btn">{act}</Submit></div>
        </form>
    }
    .into_any()
}
