//! The program as others meet it: its settings, its answers, its command line, its end.

mod child;
mod command;
mod frame;
mod house;
mod lifecycle;
mod pages;
mod sessions;
mod settings;
mod site;
