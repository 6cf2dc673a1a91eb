//! The bare limits of reading: axum with one query on a connection per thread, and axum with one string.

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use futures::StreamExt;
use rusqlite::Connection;
use std::cell::RefCell;
use std::net::SocketAddr;
use std::sync::Arc;

thread_local! {
    static CONN: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

/// Serves `GET /jobs/{id}` with one prepared query, rendered as JSON by hand.
pub(crate) async fn read(listen: SocketAddr, database: String) {
    let router = Router::new().route("/jobs/{id}", get(job)).with_state(Arc::<str>::from(database));
    serve(listen, router).await;
}

async fn job(State(database): State<Arc<str>>, Path(id): Path<String>) -> impl IntoResponse {
    let body = CONN.with_borrow_mut(|slot| {
        let conn = slot.get_or_insert_with(|| Connection::open(&*database).expect("opens"));
        let mut statement = conn
            .prepare_cached("select title, description, category, status, budget_min, budget_max, created_at from job where id = ?1")
            .expect("prepares");
        statement
            .query_row([&id], |row| {
                let text = |i| row.get::<_, String>(i);
                let cents = |i| row.get::<_, i64>(i);
                Ok(serde_json::json!({
                    "id": id, "ref": &id[..8], "title": text(0)?, "description": text(1)?, "category": text(2)?, "status": text(3)?,
                    "budget_min": cents(4)?, "budget_max": cents(5)?, "currency": "USD", "deadline": null, "proof_required": false,
                    "proofer_count": 0, "assigned_agent_id": null, "escrow": { "status": "none", "amount": 0 }, "created_at": text(6)?,
                }))
            })
            .expect("there is such a job")
            .to_string()
    });
    ([(CONTENT_TYPE, "application/json")], body)
}

/// Serves `GET /jobs` with the same bytes each time, joined from their lines.
pub(crate) async fn page(listen: SocketAddr, html: String) {
    let lines: Arc<Vec<String>> = Arc::new(html.split_inclusive('>').map(str::to_owned).collect());
    let router = Router::new().route(
        "/jobs",
        get(|State(lines): State<Arc<Vec<String>>>| async move {
            let mut page = String::new();
            for line in lines.iter() {
                page.push_str(line);
            }
            ([(CONTENT_TYPE, "text/html; charset=utf-8")], page)
        }),
    );
    serve(listen, router.with_state(lines)).await;
}

/// Serves `POST /sink`, which reads and drops a body of any size. `GET` answers when the server is ready.
pub(crate) async fn sink(listen: SocketAddr) {
    let drop_all = |body: Body| async move {
        let mut left = body.into_data_stream();
        while let Some(bytes) = left.next().await {
            bytes.expect("the client sends all of it");
        }
        "dropped"
    };
    serve(listen, Router::new().route("/sink", get(|| async { "here" }).post(drop_all)).layer(DefaultBodyLimit::disable())).await;
}

async fn serve(listen: SocketAddr, router: Router) {
    let listener = tokio::net::TcpListener::bind(listen).await.expect("listens");
    axum::serve(listener, router).await.expect("serves");
}
