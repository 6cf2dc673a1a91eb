//! The document and the router have the same routes, and every answer in any test is one that the document lists.

use crate::ask::Answer;
use crate::test_api::TestApi;
use api::table::Table;
use reqwest::Method;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use utoipa::openapi::path::ParameterIn;

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::to_value(api::openapi(&dialects::ALL, "http://127.0.0.1:3000")).expect("serialises"));

/// An operation of the document.
pub(crate) struct Operation {
    name: String,
    told: &'static Value,
}

/// Finds the operation of a request; none if there is no route.
pub(crate) fn documented(method: &Method, path: &str) -> Option<Operation> {
    let path = path.split('?').next().unwrap_or_default();
    let paths = DOCUMENT["paths"].as_object().expect("paths");
    let fits = |template: &str| {
        template.split('/').count() == path.split('/').count()
            && template.split('/').zip(path.split('/')).all(|(t, p)| t == p || (t.starts_with('{') && !p.is_empty()))
    };
    // A literal path takes precedence over one with an id.
    let (template, item) = paths.iter().filter(|(template, _)| fits(template)).min_by_key(|(template, _)| template.matches('{').count())?;
    let told = item.get(method.as_str().to_lowercase())?;
    Some(Operation { name: format!("{method} {template}"), told })
}

/// Returns every operation as `(METHOD, /template)`, read from the document.
pub(crate) fn operations() -> Vec<(Method, &'static str)> {
    let method = |name: &str| name.to_uppercase().parse().expect("a method");
    let paths = DOCUMENT["paths"].as_object().expect("paths").iter();
    paths
        .flat_map(|(template, item)| item.as_object().expect("operations").keys().map(move |name| (method(name), template.as_str())))
        .collect()
}

/// The example request of an operation.
pub(crate) struct Example {
    /// The body, as the document prints it.
    pub(crate) body: Option<Value>,
    /// True if it takes a form with a file instead.
    pub(crate) form: bool,
    /// True if it takes access tokens alone.
    pub(crate) in_person: bool,
}

/// Returns the document's own example of a request.
pub(crate) fn example(method: &Method, template: &str) -> Example {
    let told = &DOCUMENT["paths"][template][method.as_str().to_lowercase()];
    let body = Some(&told["requestBody"]["content"]["application/json"]["example"]).filter(|body| body.is_object());
    let form = told["requestBody"]["content"]["multipart/form-data"].is_object();
    Example { body: body.cloned(), form, in_person: told["security"] == serde_json::json!([{ "access_token": [] }]) }
}

/// Reports whether an operation needs a credential.
pub(crate) fn signed_in(method: &Method, template: &str) -> bool {
    DOCUMENT["paths"][template][method.as_str().to_lowercase()]["security"] != serde_json::json!([{}])
}

/// The answer's status is documented, a refusal's code too, and a good answer has the fields of its example.
#[track_caller]
pub(crate) fn check(operation: &Operation, answer: &Answer) {
    let (name, status) = (&operation.name, answer.status);
    let told = resolved(&operation.told["responses"][status.to_string()]);
    assert!(told.is_object() || status == 405, "{name} answered {status}, which the document does not know: {}", answer.text);
    if status >= 400 && status != 405 {
        check_code(name, told, answer);
    }
    if !(200..300).contains(&status) || answer.body.is_null() {
        return;
    }
    if name.ends_with("openapi.json") || name.ends_with("llms.txt") {
        return;
    }
    let (example, body) = (&told["content"]["application/json"]["example"], &answer.body);
    assert_eq!(common(body, example), common(example, body), "{name}: the answer's fields and the example's");
}

/// A refusal's code is one that the document shows for this operation and status.
#[track_caller]
fn check_code(name: &str, told: &Value, answer: &Answer) {
    // A path that is like an operation's and no route leads there.
    let Some(met) = code(&answer.body).filter(|met| met != "ROUTE_NOT_FOUND") else { return };
    let shown = told["content"]["application/json"]["examples"].as_object().into_iter().flatten();
    let known: BTreeSet<_> = shown.flat_map(|(own, example)| [Some(own.to_uppercase()), code(&example["value"])]).flatten().collect();
    assert!(known.contains(&met), "{name} refused with {met}, which the document does not show: {}", answer.text);
}

/// The code of a refusal, in whichever dialect or as a problem.
fn code(body: &Value) -> Option<String> {
    body["code"].as_str().or_else(|| body["error"]["code"].as_str()).map(str::to_uppercase)
}

/// Resolves a `$ref`.
fn resolved(value: &'static Value) -> &'static Value {
    match value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#')) {
        Some(pointer) => DOCUMENT.pointer(pointer).expect("what is referred to is there"),
        None => value,
    }
}

/// Returns the names in a value without those under an object that is null in the other.
fn common(value: &Value, other: &Value) -> BTreeSet<String> {
    let none = |name: &str| name.split('.').try_fold(other, |value, part| value.get(part)).is_some_and(Value::is_null);
    let under_none = |name: &str| name.match_indices('.').any(|(dot, _)| none(&name[..dot]));
    shape(value).into_iter().filter(|name| !under_none(name)).collect()
}

/// Returns the names in an object, and in the first item of each list.
fn shape(value: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        names.insert(name.clone());
        let inner = value.as_array().map_or(value, |items| items.first().unwrap_or(&Value::Null));
        if value.is_object() {
            names.extend(shape(inner).into_iter().map(|inner| format!("{name}.{inner}")));
        }
    }
    names
}

/// Fills a route's template with an id of nothing; a stream is asked for what has happened so far.
pub(crate) fn asked(template: &str) -> String {
    let ends = if template == "/api/feed/stream" { "?follow=false" } else { "" };
    template.replace("{id}", "308f8811-0a46-4024-b8ef-514f4dcd857b") + ends
}

#[tokio::test]
async fn what_is_documented_is_routed() {
    let app = TestApi::new().await;
    for (template, item) in DOCUMENT["paths"].as_object().expect("paths") {
        for method in item.as_object().expect("operations").keys() {
            let method: Method = method.to_uppercase().parse().expect("a method");
            let answer = app.ask(method.clone(), &asked(template)).send().await;
            assert!(![404, 405].contains(&answer.status), "{method} {template}: {}", answer.text);
        }
    }
    app.close().await;
}

#[tokio::test]
async fn what_is_routed_is_documented() {
    let app = TestApi::new().await;
    let paths = DOCUMENT["paths"].as_object().expect("paths");
    for (template, item) in paths {
        let path = template.replace("{id}", "308f8811-0a46-4024-b8ef-514f4dcd857b");
        let told: BTreeSet<_> = item.as_object().expect("operations").keys().map(|method| method.to_uppercase()).collect();
        let answer = app.ask(Method::TRACE, &path).send().await.with(405);
        let allow = answer.header("allow").expect("an Allow header");
        let allowed = allow.split(", ").filter(|method| !["HEAD", "OPTIONS"].contains(method));
        assert_eq!(allowed.map(str::to_owned).collect::<BTreeSet<_>>(), told, "{template}");
        let options = app.ask(Method::OPTIONS, &path).send().await.with(204);
        assert_eq!(options.header("allow"), Some(allow), "{template}");
    }
    app.close().await;
}

#[test]
fn every_operation_is_told_in_full() {
    let mut names = BTreeSet::new();
    for (template, item) in DOCUMENT["paths"].as_object().expect("paths") {
        for (method, told) in item.as_object().expect("operations") {
            let at = format!("{method} {template}");
            let name = told["operationId"].as_str().unwrap_or_default();
            assert!(!name.is_empty() && names.insert(name.to_owned()), "{at}: its name is its own");
            assert!(told["summary"].as_str().is_some_and(|text| !text.is_empty()), "{at}: a summary");
            assert!(told["security"].is_array(), "{at}: who may");
            let body = told["requestBody"]["content"].as_object().and_then(|content| content.values().next()).unwrap_or(&Value::Null);
            assert!(told["requestBody"].is_null() || !body["example"].is_null(), "{at}: an example of a body");
            for (status, answer) in told["responses"].as_object().expect("answers") {
                let content = resolved(answer)["content"].as_object().and_then(|content| content.values().next()).unwrap_or(&Value::Null);
                let shown = !content["example"].is_null() || !content["examples"].is_null();
                assert!(shown || content.is_null(), "{at}: an example of {status}");
            }
            for status in ["500", "503"] {
                assert!(told["responses"][status].is_object(), "{at}: {status}");
            }
        }
    }
}

#[test]
fn the_document_is_sound() {
    assert_eq!(DOCUMENT["openapi"], "3.1.0");
    let text = DOCUMENT.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().unwrap_or_default();
        assert!(DOCUMENT.pointer(pointer).is_some(), "{pointer} is referred to and not there");
    }
    let mut lines = Vec::new();
    for (template, item) in DOCUMENT["paths"].as_object().expect("paths") {
        for (method, told) in item.as_object().expect("operations") {
            let answers: Vec<_> = told["responses"].as_object().expect("answers").keys().map(String::as_str).collect();
            lines.push(format!("{} {template}: {}", method.to_uppercase(), answers.join(" ")));
        }
    }
    insta::assert_snapshot!("operations", lines.join("\n"));
}

/// The snapshot lists the routes on which another act may have changed the job first.
#[test]
fn every_route_that_moves_a_job_tells_that_it_may_have_moved() {
    let mut lines = Vec::new();
    for (template, item) in DOCUMENT["paths"].as_object().expect("paths") {
        for (method, told) in item.as_object().expect("operations") {
            let examples = &resolved(&told["responses"]["409"])["content"]["application/json"]["examples"];
            let at = format!("{} {template}", method.to_uppercase());
            let steps = examples["wrong_status"]["summary"].as_str().is_some_and(|message| message.contains("so it cannot"));
            let moves = examples["job_moved"].is_object();
            assert!(moves || !steps, "{at} refuses a step and not that another act came first");
            lines.extend(moves.then_some(at));
        }
    }
    insta::assert_snapshot!("moves", lines.join("\n"));
}

#[test]
fn every_example_of_a_body_is_one_that_is_read() {
    for (_, route) in Table::new(&dialects::ALL).routes() {
        let (Some(read), Some(example)) = (route.doc.reads, &route.doc.takes) else { continue };
        read(example.to_string().as_bytes()).unwrap_or_else(|error| panic!("{} {}: {error}", route.method, route.path));
    }
}

#[test]
fn every_id_of_a_path_is_read_by_its_name() {
    for (_, route) in Table::new(&dialects::ALL).routes() {
        let in_path: Vec<&str> = route.path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        let of_path = route.doc.parameters.iter().filter(|parameter| parameter.parameter_in == ParameterIn::Path);
        let read: Vec<&str> = of_path.map(|parameter| parameter.name.as_str()).collect();
        assert_eq!(read, in_path, "{} {}", route.method, route.path);
    }
}

#[test]
fn operations_are_listed_by_purpose() {
    let tags: Vec<_> = DOCUMENT["tags"].as_array().expect("tags").iter().filter_map(|tag| tag["name"].as_str()).collect();
    let dialects: Vec<_> = dialects::ALL.iter().map(|dialect| api::Dialect::name(*dialect)).collect();
    assert!(tags.iter().all(|tag| !dialects.contains(tag)), "{tags:?}");
    for (path, item) in DOCUMENT["paths"].as_object().expect("paths") {
        for operation in item.as_object().expect("operations").values() {
            let tag = operation["tags"][0].as_str().expect("a tag");
            let told = operation["description"].as_str().unwrap_or_default();
            assert!(tags.contains(&tag) && told.contains("Dialect: "), "{path}: {operation}");
        }
    }
}
