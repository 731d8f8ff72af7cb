using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Paddock.Store.Coordination;

/// <summary>Small files of the installation that are whole or not there, whatever happens meanwhile, and that only their owner can read.</summary>
internal static class DurableFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int Interrupted = 4;
    private const int NotSupported = 22;
    private const int Exists = 17;

    /// <summary>Makes a directory that only its owner can look into, and those above it.</summary>
    public static void CreateDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }

        var isNew = !Directory.Exists(directory);
        Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        if (isNew && Path.GetDirectoryName(directory) is { Length: > 0 } above)
        {
            SyncDirectory(above);
        }
    }

    /// <summary>Makes a file; durable when this returns. Of several that make one name at once, one does.</summary>
    /// <returns>False when there is one of the name already.</returns>
    public static bool TryCreate(string path, ReadOnlySpan<byte> bytes)
    {
        var directory = DirectoryOf(path);
        var written = Path.Combine(directory, $".{Guid.NewGuid():N}.tmp");
        try
        {
            Write(written, bytes);
            if (!TryName(written, path))
            {
                return false;
            }
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(written);
        }

        SyncDirectory(directory);
        return true;
    }

    /// <summary>Puts a file in the place of another, or of none: afterwards there is the old one or the new one, never half of one.</summary>
    /// <exception cref="IOException">It could not be written; which of the two is there is not known, but it is whole.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        var fresh = path + ".new";
        File.Delete(fresh);
        Write(fresh, bytes);
        File.Move(fresh, path, overwrite: true);
        SyncDirectory(DirectoryOf(path));
    }

    /// <summary>Overwrites a file as well as the file system lets us, and removes it; durable when this returns. One that is not there is no fault.</summary>
    public static void Destroy(string path)
    {
        if (File.Exists(path))
        {
            using (var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Write))
            {
                RandomAccess.Write(handle, RandomNumberGenerator.GetBytes((int)Math.Min(RandomAccess.GetLength(handle), 1 << 20)), 0);
                RandomAccess.FlushToDisk(handle);
            }

            File.Delete(path);
        }

        SyncDirectory(DirectoryOf(path));
    }

    /// <summary>Makes the names in a directory durable.</summary>
    /// <exception cref="IOException">They may not be.</exception>
    public static void SyncDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = NativeOpen(directory, 0);
        var failure = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        if (descriptor >= 0)
        {
            while ((failure = NativeSync(descriptor) == 0 ? 0 : Marshal.GetLastPInvokeError()) == Interrupted)
            {
            }

            _ = NativeClose(descriptor);
        }

        if (failure is not 0 and not NotSupported)
        {
            throw new IOException($"The directory {directory} cannot be brought to the disk: {Marshal.GetPInvokeErrorMessage(failure)}");
        }
    }

    /// <summary>
    /// Gives a written file its name, unless another has it. File.Move looks whether there is one and then renames over whatever came meanwhile;
    /// link(2) does both in one (POSIX: EEXIST). Where a file system has no hard links, File.Move has to do.
    /// </summary>
    private static bool TryName(string written, string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (NativeLink(written, path) == 0)
            {
                return true;
            }

            if (Marshal.GetLastPInvokeError() == Exists)
            {
                return false;
            }
        }

        File.Move(written, path, overwrite: false);
        return true;
    }

    private static string DirectoryOf(string path) => Path.GetDirectoryName(path) ?? throw new ArgumentException("A file lies in a directory.", nameof(path));

    private static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var stream = new FileStream(path, options);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }

    // .NET opens no directories, and a new file's name is durable only when its directory is.
    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeOpen(string path, int flags);

    [DllImport("libc", EntryPoint = "link", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeLink(string existing, string name);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeSync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeClose(int descriptor);
}
