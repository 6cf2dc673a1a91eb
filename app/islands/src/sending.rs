//! The file field of the upload form. Its island uploads the chosen files one after the other and shows progress.

use crate::icon::{Glyph, Icon};
use crate::live;
use kernel::Error;
use leptos::ev::{self, EventDescriptor};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, File, FormData, HtmlFormElement, HtmlInputElement, ProgressEvent, XmlHttpRequest};

/// The file field with label, help, error and progress. It takes over the submission of its form. `before` is the id of a form that
/// the files belong to, if there is one: it is not sent before the chosen files are uploaded.
#[island]
pub fn Sending(id: String, label: String, help: String, wrong: String, before: String) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let (awake, far) = (RwSignal::new(false), RwSignal::new(None::<UploadProgress>));
    let (wrong, done) = (RwSignal::new(wrong), RwSignal::new(String::new()));
    Effect::new(move |_| {
        // After a refused submission the form is sent without a script again: a refresh would replace the field.
        if wrong.with_untracked(|wrong| !wrong.is_empty()) {
            return;
        }
        awake.set(true);
        let Some(input) = field.get() else { return };
        let Some(form) = input.form() else { return };
        hold_up(before.clone(), &input, &form, far, wrong, done);
        let own = form.clone();
        let send = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            event.prevent_default();
            submit(&input, &own, far, wrong, done);
        });
        let _ = form.add_event_listener_with_callback(ev::submit.name().as_ref(), send.as_ref().unchecked_ref());
        // The closure lives as long as the form.
        send.forget();
    });
    let (help_id, error_id) = (format!("{id}-help"), format!("{id}-error"));
    let described = {
        let (help, error) = (help_id.clone(), error_id.clone());
        move || if wrong.with(String::is_empty) { help.clone() } else { format!("{help} {error}") }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input class="input" type="file" id=id name="file" required=true multiple=move || awake.get() node_ref=field
                aria-invalid=move || (!wrong.with(String::is_empty)).then_some("true") aria-describedby=described />
            <span class="help" id=help_id>{help}</span>
            <span class="error" id=error_id role="alert" hidden=move || wrong.with(String::is_empty)>
                <Icon glyph=Glyph::Warning />{move || wrong.get()}
            </span>
            <div class="far" hidden=move || far.with(Option::is_none)>
                <progress max="100" value=move || far.with(|far| far.as_ref().map_or(0, |far| far.percent)).to_string()
                    aria-label=move || far.with(|far| far.as_ref().map(|far| format!("Uploading {}", far.name)).unwrap_or_default())>
                </progress>
                <span class="soft xs">{move || far.with(|far| far.as_ref().map(UploadProgress::words).unwrap_or_default())}</span>
            </div>
            <span class="soft xs" role="status">{move || done.get()}</span>
        </div>
    }
}

/// Uploads the chosen files first when another form is sent, which they would miss. Its question is closed, because it does not count
/// them yet; the next press sends it.
fn hold_up(
    before: String,
    input: &HtmlInputElement,
    form: &HtmlFormElement,
    far: RwSignal<Option<UploadProgress>>,
    wrong: RwSignal<String>,
    done: RwSignal<String>,
) {
    if before.is_empty() {
        return;
    }
    let (input, form) = (input.clone(), form.clone());
    // At the window, because a refresh may replace the other form; while capturing, so that nobody else hears of it.
    let held = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let sent = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let Some(sent) = sent.filter(|sent| sent.id() == before) else { return };
        let runs = far.with_untracked(Option::is_some);
        if chosen(&input).is_empty() && !runs {
            return;
        }
        event.prevent_default();
        // Nor is its button marked as busy.
        event.stop_propagation();
        close_question(&sent);
        let _ = input.focus();
        if !runs {
            if let Ok(Some(button)) = form.query_selector("button[type=submit]") {
                let _ = button.set_attribute("aria-busy", "true");
            }
            submit(&input, &form, far, wrong, done);
        }
    });
    let _ = window().add_event_listener_with_callback_and_bool(ev::submit.name().as_ref(), held.as_ref().unchecked_ref(), true);
    // The closure lives as long as the page.
    held.forget();
}

fn close_question(form: &HtmlFormElement) {
    let Ok(Some(question)) = form.query_selector("[popover]") else { return };
    let hide = js_sys::Reflect::get(&question, &"hidePopover".into()).ok().and_then(|hide| hide.dyn_into::<js_sys::Function>().ok());
    if let Some(hide) = hide {
        // It fails only if the question is closed.
        let _ = hide.call0(&question);
    }
}

/// Uploads the chosen files, unless an upload is running, and shows the result.
fn submit(
    input: &HtmlInputElement,
    form: &HtmlFormElement,
    far: RwSignal<Option<UploadProgress>>,
    wrong: RwSignal<String>,
    done: RwSignal<String>,
) {
    let files = chosen(input);
    let (input, form) = (input.clone(), form.clone());
    if files.is_empty() {
        wrong.set("Choose a file first.".to_owned());
        // Run after the button was marked as busy.
        return set_timeout(move || rest(&form), Duration::ZERO);
    }
    if far.with_untracked(Option::is_some) {
        return;
    }
    far.set(Some(UploadProgress::default()));
    spawn_local(async move {
        let told = send_all(&form, files, far).await;
        far.set(None);
        rest(&form);
        if told.refused.is_empty() || !told.sent.is_empty() {
            input.set_value("");
        }
        done.set(told.done());
        wrong.set(told.refused.join(" "));
        if !told.sent.is_empty() {
            live::redraw();
        }
    });
}

/// The progress of an upload.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct UploadProgress {
    name: String,
    percent: u32,
    nth: usize,
    of: usize,
}

impl UploadProgress {
    /// Formats the progress: `report.pdf, 40 %`, `report.pdf, 2 of 3, 40 %`; at 100 % the server still checks the file.
    fn words(&self) -> String {
        let Self { name, percent, nth, of } = self;
        let nth = if *of > 1 { format!(", {nth} of {of}") } else { String::new() };
        let how = if *percent < 100 { format!("{percent} %") } else { "checking it".to_owned() };
        format!("{name}{nth}, {how}")
    }
}

/// The results of all uploads.
#[derive(Debug, Default)]
struct UploadOutcome {
    sent: Vec<String>,
    refused: Vec<String>,
}

impl UploadOutcome {
    fn done(&self) -> String {
        match self.sent.as_slice() {
            [] => String::new(),
            [one] => format!("{one} is uploaded."),
            many => format!("{} files are uploaded.", many.len()),
        }
    }
}

fn chosen(input: &HtmlInputElement) -> Vec<File> {
    let list = input.files();
    let all = (0..list.as_ref().map_or(0, |list| list.length())).filter_map(|n| list.as_ref()?.get(n));
    all.collect()
}

/// Marks the button as ready again.
fn rest(form: &HtmlFormElement) {
    if let Ok(Some(button)) = form.query_selector("[aria-busy]") {
        let _ = button.remove_attribute("aria-busy");
    }
}

async fn send_all(form: &HtmlFormElement, files: Vec<File>, far: RwSignal<Option<UploadProgress>>) -> UploadOutcome {
    let (mut told, of) = (UploadOutcome::default(), files.len());
    for (i, file) in files.into_iter().enumerate() {
        far.set(Some(UploadProgress { name: file.name(), percent: 0, nth: i + 1, of }));
        match send(&form.action(), &file, far).await {
            Ok(()) => told.sent.push(file.name()),
            Err(why) => told.refused.push(format!("{}: {why}", file.name())),
        }
    }
    told
}

/// Uploads one file as the form would. It uses `XmlHttpRequest`, because `fetch` reports no upload progress.
async fn send(to: &str, file: &File, far: RwSignal<Option<UploadProgress>>) -> Result<(), String> {
    let lost = |_: JsValue| "The server can’t be reached. Try again.".to_owned();
    let request = XmlHttpRequest::new().map_err(lost)?;
    let data = FormData::new().map_err(lost)?;
    data.append_with_blob("file", file).map_err(lost)?;
    request.open("POST", to).map_err(lost)?;
    request.set_request_header("Accept", "application/json").map_err(lost)?;
    let moved = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        let percent = if event.total() > 0.0 { (100.0 * event.loaded() / event.total()) as u32 } else { 0 };
        far.update(|far| far.iter_mut().for_each(|far| far.percent = percent.min(100)));
    });
    let upload = request.upload().map_err(lost)?;
    upload.set_onprogress(Some(moved.as_ref().unchecked_ref()));
    let asked = request.clone();
    let ended = js_sys::Promise::new(&mut |resolve, _| asked.set_onloadend(Some(&resolve)));
    request.send_with_opt_form_data(Some(&data)).map_err(lost)?;
    JsFuture::from(ended).await.map_err(lost)?;
    let status = request.status().map_err(lost)?;
    if (200..300).contains(&status) {
        return Ok(());
    }
    let text = request.response_text().ok().flatten().unwrap_or_default();
    let refusal: Error = serde_json::from_str(&text).map_err(|_| lost(JsValue::NULL))?;
    Err(refusal.fields.into_iter().next().map_or(refusal.message, |field| field.message).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_how_far_it_is() {
        let far = UploadProgress { name: "a.png".into(), percent: 40, nth: 1, of: 1 };
        assert_eq!(far.words(), "a.png, 40 %");
        assert_eq!(UploadProgress { nth: 2, of: 3, percent: 100, ..far }.words(), "a.png, 2 of 3, checking it");
        let told = |n: usize| UploadOutcome { sent: vec!["a.png".to_owned(); n], refused: Vec::new() }.done();
        assert_eq!([told(0), told(1), told(2)], ["", "a.png is uploaded.", "2 files are uploaded."]);
    }
}
