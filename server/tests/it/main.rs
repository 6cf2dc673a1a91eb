//! The program as others meet it: its settings, its answers, its command line, its end.

#![allow(clippy::unwrap_used, reason = "a test that can't go on stops where it is")]

mod bot;
mod child;
mod command;
mod decisions;
mod files;
mod forms;
mod frame;
mod lifecycle;
mod live;
mod llms;
mod mail;
mod pages;
mod postgres;
mod receiver;
mod sessions;
mod settings;
mod site;
mod soak;
mod stripe;
mod test_server;
mod two_processes;
mod two_senders;
mod webhooks;
mod wire;
