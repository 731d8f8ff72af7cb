using System.Runtime.InteropServices;

namespace Paddock.Store.Coordination;

/// <summary>Files that are there, whole, after a power cut.</summary>
internal static class DurableFile
{
    /// <summary>Puts a file in the place of another, or of none, for its owner only: afterwards there is the old one or the new one, never half of one.</summary>
    /// <exception cref="IOException">It could not be written; which of the two is there is not known, but it is whole.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        var fresh = path + ".new";
        File.Delete(fresh);
        using (var handle = File.OpenHandle(fresh, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(handle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            RandomAccess.Write(handle, bytes, 0);
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(fresh, path, overwrite: true);
        SyncDirectory(Path.GetDirectoryName(path)!); // a file has a directory
    }

    /// <summary>Makes names in a directory durable. A file system that cannot is left as it is.</summary>
    public static void SyncDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = NativeOpen(directory, 0);
        if (descriptor >= 0)
        {
            _ = NativeSync(descriptor);
            _ = NativeClose(descriptor);
        }
    }

    // .NET opens no directories, and a new file's name is durable only when its directory is.
    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeOpen(string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeSync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeClose(int descriptor);
}
