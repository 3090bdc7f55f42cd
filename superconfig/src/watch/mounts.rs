//! File systems that other machines write to: their changes come without an event here.

use std::path::Path;

/// Kinds of file systems whose changes, or some of them, are made elsewhere: by another machine, by
/// the host of a virtual one, or by a program that need not tell the kernel.
const REMOTE: [&str; 18] = [
    "9p",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "gfs2",
    "glusterfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "ocfs2",
    "prl_fs",
    "smb3",
    "smbfs",
    "vboxsf",
    "virtiofs",
];

/// The kind of file system that a directory is on, where events cannot be relied upon.
#[cfg(target_os = "linux")]
pub(super) fn remote(directory: &Path) -> Option<String> {
    use std::os::linux::fs::MetadataExt;
    let device = std::fs::metadata(directory).ok()?.st_dev();
    remote_in(&std::fs::read_to_string("/proc/self/mountinfo").ok()?, device)
}

/// Elsewhere nobody tells; the safety poll finds what was missed.
#[cfg(not(target_os = "linux"))]
pub(super) fn remote(_: &Path) -> Option<String> {
    None
}

/// Finds a device in the kernel's list of mounts: `36 35 98:0 /mnt1 /mnt2 rw shared:1 - ext3 …`.
#[cfg_attr(not(target_os = "linux"), allow(dead_code))] // the list is Linux's
fn remote_in(mounts: &str, device: u64) -> Option<String> {
    let number = numbers(device);
    let mut kinds = mounts.lines().filter_map(|line| {
        let (mount, source) = line.split_once(" - ")?;
        (mount.split(' ').nth(2)? == number).then(|| source.split(' ').next())?
    });
    // Overlays of one device have one kind.
    let kind = kinds.next()?;
    (REMOTE.contains(&kind) || kind.starts_with("fuse.")).then(|| kind.to_owned())
}

/// The major and the minor number of a device, as Linux packs them.
#[cfg_attr(not(target_os = "linux"), allow(dead_code))] // as above
fn numbers(device: u64) -> String {
    let major = ((device >> 8) & 0xfff) | ((device >> 32) & !0xfff);
    let minor = (device & 0xff) | ((device >> 12) & !0xff);
    format!("{major}:{minor}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 22 0:52 / /mnt/share rw,relatime shared:20 master:3 - nfs4 server:/export rw,vers=4.2
41 22 0:53 / /mnt/odd\\040name rw - fuse.sshfs host: rw
42 22 0:54 / /mnt/local rw - fuseblk /dev/sdb1 rw
broken line
";

    #[test]
    fn shares_of_other_machines_are_told_from_disks() {
        assert_eq!(remote_in(MOUNTS, 254 << 8), None);
        assert_eq!(remote_in(MOUNTS, 52).as_deref(), Some("nfs4"));
        assert_eq!(remote_in(MOUNTS, 53).as_deref(), Some("fuse.sshfs"));
        assert_eq!(remote_in(MOUNTS, 54), None);
        assert_eq!(remote_in(MOUNTS, 99), None);
    }

    #[test]
    fn devices_are_numbered_as_the_kernel_does() {
        assert_eq!(numbers(0xfe00), "254:0");
        assert_eq!(numbers(0x0010_3f02), "63:258");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_temporary_directory_of_a_test_is_no_share() {
        let room = tempfile::tempdir().expect("a directory");
        // Where it is one, the answer is right as well; it must only not fail.
        let kind = remote(room.path());
        assert!(kind.is_none_or(|kind| REMOTE.contains(&&*kind) || kind.starts_with("fuse.")));
    }
}
