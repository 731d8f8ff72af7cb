using System.Runtime.InteropServices;

namespace Paddock.EndToEnd.Tests.Audit;

/// <summary>A disk of a few megabytes in memory, mounted at a directory, that can be filled to its last byte.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string directory;

    private SmallDisk(string directory) => this.directory = directory;

    private string Filler => Path.Combine(directory, "filler");

    /// <returns>Null where nobody lets us mount.</returns>
    public static SmallDisk? TryMount(string directory, int megabytes)
    {
        Directory.CreateDirectory(directory);
        return OperatingSystem.IsLinux() && Mount("tmpfs", directory, "tmpfs", 0, $"size={megabytes}m,mode=700") == 0 ? new(directory) : null;
    }

    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = 1 << 20; size > 0; size /= 4)
        {
            try
            {
                while (true)
                {
                    file.Write(new byte[size]);
                }
            }
            catch (IOException)
            {
                // not so much any more
            }
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    public void Dispose() => _ = Unmount(directory, 2); // MNT_DETACH: whatever still holds a file

    [DllImport("libc", EntryPoint = "mount", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Mount(string source, string target, string type, ulong flags, string data);

    [DllImport("libc", EntryPoint = "umount2", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Unmount(string target, int flags);
}
