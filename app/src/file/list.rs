//! Lists of files: names, sizes, and links to the bytes.

use super::actions::TAKE_BACK;
use crate::job::address;
use crate::review::work::size;
use crate::ui::confirm::Confirm;
use crate::ui::written::Name;
use leptos::prelude::*;
use market::file::{self, File};

/// A list of files, empty without files. With `take_back` each file has a button that removes it.
#[component]
pub fn FileList(
    files: Vec<File>,
    /// The list's label for screen readers.
    #[prop(into)]
    label: String,
    #[prop(optional)] take_back: bool,
) -> impl IntoView {
    (!files.is_empty()).then(|| {
        let rows = files.into_iter().map(|file| {
            let to = format!("{}/files/{}", address(&file.job_id), file.id);
            let foreign = file::is_foreign_text(&file.name, &file.content_type).then_some(", not UTF-8: pages can’t show it");
            let back = take_back.then(|| {
                let (label, question) = (format!("Remove {}", file.name), format!("Remove {}?", file.name));
                let id = file.id.to_string();
                view! {
                    <Confirm id=format!("take-{id}") to=TAKE_BACK on=("file", id) ask="Remove" label=label class="btn quiet"
                        question=question act="Remove it" keep="Keep it">
                        <input type="hidden" name="job" value=file.job_id.to_string() />
                        <p class="soft">"The file is removed. You can upload it again as long as files are taken."</p>
                    </Confirm>
                }
            });
            view! {
                <li>
                    <a href=to><Name text=file.name /></a>
                    <span class="soft xs">{size(file.size)}{foreign}</span>
                    {back}
                </li>
            }
        });
        view! { <ul class="files" id=take_back.then_some("files") aria-label=label>{rows.collect_view()}</ul> }
    })
}
