using System.Globalization;

namespace Paddock.Store.Coordination;

/// <summary>
/// Ownership of a data directory: an exclusive lock on <c>DIR/paddock.lock</c>, which the operating system ends with the process,
/// however that dies. <c>DIR/paddock.pid</c> names the owner, for people and for the message to whoever comes second.
/// </summary>
public sealed class DataDirectoryLock : IDisposable
{
    private const int LinuxInUse = 11;
    private const int MacInUse = 35;
    private const int WindowsInUse = unchecked((int)0x8007_0020);

    private readonly FileStream held;
    private readonly string pidFile;

    private DataDirectoryLock(FileStream held, string pidFile) => (this.held, this.pidFile) = (held, pidFile);

    /// <summary>Takes the lock; makes the directory (0700) when it is missing.</summary>
    /// <exception cref="DataDirectoryInUseException">Another process, or another part of this one, holds it.</exception>
    public static DataDirectoryLock Acquire(string directory)
    {
        Create(directory);
        var named = Path.Combine(directory, "paddock.pid");
        FileStream locked;
        try
        {
            locked = new(Path.Combine(directory, "paddock.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (fault.HResult is LinuxInUse or MacInUse or WindowsInUse)
        {
            throw new DataDirectoryInUseException(directory, Owner(named));
        }

        File.WriteAllText(named, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
        return new(locked, named);
    }

    /// <summary>The process that holds the lock; null when none does or it cannot be learnt.</summary>
    public static int? OwnerOf(string directory)
    {
        try
        {
            Acquire(directory).Dispose();
            return null;
        }
        catch (DataDirectoryInUseException inUse)
        {
            return inUse.ProcessId;
        }
    }

    public void Dispose()
    {
        // The name goes first: once the lock is free, the next owner writes its own.
        File.Delete(pidFile);
        held.Dispose();
    }

    /// <summary>Makes a data directory that only its owner can look into.</summary>
    internal static void Create(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static int? Owner(string pidFile)
    {
        try
        {
            return int.TryParse(File.ReadAllText(pidFile).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
