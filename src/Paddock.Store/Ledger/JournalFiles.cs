using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Paddock.Store.Coordination;

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

    public void Rename(long segment, long next) => File.Move(NameOf(segment), NameOf(next));

    public void Delete(long segment) => File.Delete(NameOf(segment));

    public void SyncDirectory() => DurableFile.SyncDirectory(directory);

    private string NameOf(long segment) => Path.Combine(directory, Prefix + segment.ToString("D12", CultureInfo.InvariantCulture));

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
