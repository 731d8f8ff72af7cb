using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Paddock.Store.Ledger;

/// <summary>Segments as files <c>journal-000000000001</c> in a directory.</summary>
internal sealed class JournalFiles(string directory) : IJournalFiles
{
    private const string Prefix = "journal-";

    public IReadOnlyList<long> Segments()
    {
        Directory.CreateDirectory(directory);
        return [.. Directory.EnumerateFiles(directory, Prefix + "*")
            .Select(f => long.TryParse(Path.GetFileName(f).AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1)
            .Where(n => n > 0)
            .Order()];
    }

    public IJournalFile Create(long segment)
    {
        Directory.CreateDirectory(directory);
        var handle = File.OpenHandle(NameOf(segment), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(handle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return new Segment(handle);
    }

    public IJournalFile OpenRead(long segment) =>
        new Segment(File.OpenHandle(NameOf(segment), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    public IJournalFile OpenWrite(long segment) =>
        new Segment(File.OpenHandle(NameOf(segment), FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete));

    public void Delete(long segment) => File.Delete(NameOf(segment));

    public void SyncDirectory()
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

    private string NameOf(long segment) => Path.Combine(directory, Prefix + segment.ToString("D12", CultureInfo.InvariantCulture));

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

    private sealed class Segment(SafeFileHandle handle) : IJournalFile
    {
        public long Length => RandomAccess.GetLength(handle);

        public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(handle, bytes, offset);

        public int Read(Span<byte> bytes, long offset)
        {
            var total = 0;
            while (total < bytes.Length && RandomAccess.Read(handle, bytes[total..], offset + total) is > 0 and var read)
            {
                total += read;
            }

            return total;
        }

        public void Truncate(long length) => RandomAccess.SetLength(handle, length);

        public void Sync() => RandomAccess.FlushToDisk(handle);

        public void Dispose() => handle.Dispose();
    }
}
