//! The fields that several forms of disputes share.

use super::address;
use super::calls::Piece;
use crate::flash::Flash;
use crate::ui::field::{Select, TextArea};
use crate::ui::form::{Submit, field_id};
use crate::ui::icon::{Glyph, Icon};
use crate::url::with_query;
use leptos::prelude::*;
use market::id::JobId;

/// Words, and a file of the job where there is one.
#[component]
pub fn EvidenceFields(files: Vec<Piece>, #[prop(optional)] optional: bool) -> impl IntoView {
    let help = if files.is_empty() {
        "Whatever shows it: a quotation, a figure, an address."
    } else {
        "Whatever shows it: a quotation, a figure, an address, or a file below."
    };
    let optional = optional || !files.is_empty();
    let files = (!files.is_empty()).then(|| {
        let none = (String::new(), "No file".to_owned());
        let options = std::iter::once(none).chain(files.into_iter().map(|file| (file.id, file.name))).collect();
        view! { <Select name="file_id" label="File of the job" options=options /> }
    });
    view! {
        <TextArea name="text" label="Evidence" rows=3 maxlength=5_000 optional=optional help=help />
        {files}
    }
}

/// Where the program takes files; not a server function, because their bytes are never held whole.
const SEND: &str = "files/send";

/// A file from the viewer's own machine, in a form of its own. It is shown as soon as it is there.
#[component]
pub fn SendFile(job: JobId) -> impl IntoView {
    let (id, said) = (field_id(SEND, "file"), format!("{}-error", field_id(SEND, "file")));
    let failed = use_context::<Flash>().and_then(|flash| flash.failed);
    let failed = failed.filter(|failed| failed.is_of(SEND, Some(&("job", job.to_string()))));
    let wrong = failed.and_then(|failed| failed.error.fields.into_iter().next()).map(|field| field.message);
    let (invalid, described) = (wrong.is_some().then_some("true"), wrong.is_some().then(|| said.clone()));
    let to = with_query(&format!("{}/files", crate::job::address(&job)), &[("page", &address(&job))]);
    view! {
        <form class="form narrow mt-4" method="post" action=to enctype="multipart/form-data">
            <div class="field">
                <label for=id.clone()>"A file of yours"</label>
                <input class="input" type="file" id=id name="file" required aria-invalid=invalid aria-describedby=described />
                {wrong.map(|wrong| view! { <span class="error" id=said><Icon glyph=Glyph::Warning />{wrong}</span> })}
            </div>
            <div><Submit class="btn">"Send and show it"</Submit></div>
        </form>
    }
}

/// The last step asks once more. The question belongs to the form around it.
#[component]
pub fn Once(
    /// Unique on the page.
    id: &'static str,
    /// What the button says that asks.
    ask: &'static str,
    #[prop(into)] question: String,
    #[prop(into)] told: String,
    /// What the button says that acts.
    act: &'static str,
) -> impl IntoView {
    let title = format!("{id}-title");
    let labelled = title.clone();
    view! {
        <div><button class="btn primary" type="button" popovertarget=id>{ask}</button></div>
        <dialog class="dialog" id=id popover="auto" aria-labelledby=labelled>
            <h2 id=title>{question}</h2>
            <p class="soft">{told}</p>
            <div class="acts">
                <button class="btn" type="button" popovertarget=id popovertargetaction="hide" autofocus>"Back"</button>
                <button class="btn primary" type="submit">{act}</button>
            </div>
        </dialog>
    }
}
