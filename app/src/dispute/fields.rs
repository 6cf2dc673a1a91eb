//! The fields that several dispute forms share.

use super::loaders::EvidenceFile;
use crate::ui::field::{Select, TextArea};
use leptos::prelude::*;

/// The fields of evidence: a text, and a file of the job if there are any.
#[component]
pub fn EvidenceFields(files: Vec<EvidenceFile>, #[prop(optional)] optional: bool) -> impl IntoView {
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
        <TextArea name="text" label="Evidence" rows=3 max=5_000 optional=optional help=help />
        {files}
    }
}
