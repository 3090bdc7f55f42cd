//! A play in four acts: the file of a running service is changed, broken and mended, while clients ask
//! it for pages without a pause.

use std::cell::Cell;
use std::error::Error;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::rc::Rc;

use superconfig::WatchOptions;
use tokio::net::TcpListener;
use tokio::task::LocalSet;

use crate::{DIRECTORY, ask, load, serve};

/// What the clients saw.
#[derive(Default)]
struct Tally {
    answered: Cell<u64>,
    failed: Cell<u64>,
}

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn play() -> Result<(), Box<dyn Error>> {
    LocalSet::new().run_until(acts()).await
}

async fn acts() -> Result<(), Box<dyn Error>> {
    let stage = tempfile::tempdir()?;
    let original = fs::read_to_string(Path::new(DIRECTORY).join("config.toml"))?;
    let rewrite = |rate: &str| save(stage.path(), &original.replace("rps = 150.5", rate));
    rewrite("rps = 150.5")?;

    let settings = load(stage.path(), &[])?;
    let mut changes = settings.changes();
    let _watch = settings.watch(WatchOptions::default())?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(serve(listener, settings.clone()));
    let tally = Rc::new(Tally::default());
    for _ in 0..4 {
        tokio::task::spawn_local(client(address, Rc::clone(&tally)));
    }
    println!("the rate is {}", rate(address).await?);

    println!("\n-- somebody changes the file");
    rewrite("rps = 300")?;
    println!("{}", changes.next().await.ok_or("no change")?);
    println!("the rate is {}", rate(address).await?);

    println!("\n-- somebody breaks it");
    rewrite("rps = \"many\"")?;
    let mut health = ask(address, "/health").await?;
    while health == "ok" {
        health = ask(address, "/health").await?;
    }
    println!("/health says: {health}");
    println!("the rate is {}", rate(address).await?);

    println!("\n-- and mends it");
    rewrite("rps = 450")?;
    println!("{}", changes.next().await.ok_or("no change")?);
    println!("/health says: {}", ask(address, "/health").await?);
    println!("the rate is {}", rate(address).await?);

    println!("\n{} requests failed of {}", tally.failed.get(), tally.answered.get());
    Ok(())
}

/// Saves the file as editors do: another one is put in its place.
fn save(directory: &Path, text: &str) -> std::io::Result<()> {
    let new = directory.join("config.toml.new");
    fs::write(&new, text)?;
    fs::rename(new, directory.join("config.toml"))
}

/// What the service serves as its rate.
async fn rate(address: SocketAddr) -> Result<serde_json::Value, Box<dyn Error>> {
    let page: serde_json::Value = serde_json::from_str(&ask(address, "/config").await?)?;
    Ok(page["server"]["requests_per_second"].clone())
}

/// Asks again and again. An answer that is not a whole page counts as none.
async fn client(address: SocketAddr, tally: Rc<Tally>) {
    loop {
        let counter = if rate(address).await.is_ok() { &tally.answered } else { &tally.failed };
        counter.set(counter.get() + 1);
    }
}
