using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Paddock.Core.Audit.Payloads;
using Paddock.Store.Coordination;

namespace Paddock.Store.Audit.Payloads;

/// <summary>
/// Data keys as files <c>ID.key</c> in <c>DIR/keys/data</c>. A destroyed key leaves an empty <c>ID.gone</c>, so that a copy of its file that is put back is
/// destroyed again and never used. Processes that share the directory find each other's keys by their ids.
/// </summary>
internal sealed class FileKeyStore(string directory, IKeyWrapping wrapping) : IKeyStore, IDisposable
{
    private readonly ConcurrentDictionary<(string Class, int Month), DataKey> current = new();
    private readonly ConcurrentDictionary<DataKeyId, DataKey> opened = new();
    private readonly SemaphoreSlim gate = new(1, 1);

    public ValueTask<DataKey> CurrentAsync(string cls, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var month = (cls, MonthOf(now.UtcDateTime));
        return current.TryGetValue(month, out var key) ? new(key) : new(AloneAsync(() => MakeAsync(month, now, cancellationToken), cancellationToken));
    }

    public ValueTask<KeyLookup> FindAsync(DataKeyId id, CancellationToken cancellationToken) =>
        opened.TryGetValue(id, out var key) ? new(new KeyLookup.Found(key)) : new(AloneAsync(() => ReadAsync(id, cancellationToken), cancellationToken));

    public Task<ImmutableArray<DataKeyInfo>> ListAsync(CancellationToken cancellationToken) => AloneAsync(() => Task.FromResult(List()), cancellationToken);

    public Task<bool> DestroyAsync(DataKeyId id, CancellationToken cancellationToken) => AloneAsync(() => Task.FromResult(Destroy(id)), cancellationToken);

    /// <summary>Lets go of keys that other processes have destroyed, and ends what one of them began.</summary>
    public Task LookAsync(CancellationToken cancellationToken) => AloneAsync(
        () =>
        {
            foreach (var info in List().Where(static info => info.IsDestroyed))
            {
                Forget(info.Id);
                if (File.Exists(PathOf(info.Id, KeyFile.Ending)))
                {
                    DurableFile.Destroy(PathOf(info.Id, KeyFile.Ending));
                }
            }

            return Task.FromResult(true);
        },
        cancellationToken);

    public void Dispose() => gate.Dispose();

    private static int MonthOf(DateTime time) => (time.Year * 12) + time.Month;

    private string PathOf(DataKeyId id, string ending) => Path.Combine(directory, id.Value + ending);

    private async Task<DataKey> MakeAsync((string Class, int Month) month, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (current.TryGetValue(month, out var made))
        {
            return made;
        }

        // The first of those there are, so that processes that share the directory mostly use one, and a restart makes none.
        var known = List().FirstOrDefault(info => !info.IsDestroyed && info.Id.Class == month.Class && MonthOf(info.Id.Month.ToDateTime(default)) == month.Month);
        if (known is not null && await ReadAsync(known.Id, cancellationToken) is KeyLookup.Found { Key: var found })
        {
            return current[month] = found;
        }

        var id = DataKeyId.Create(month.Class, now, RandomNumberGenerator.GetBytes(8));
        var secret = RandomNumberGenerator.GetBytes(DataKey.Length);
        var bytes = await KeyFile.WriteAsync(id, secret, wrapping, cancellationToken);
        DurableFile.CreateDirectory(directory);
        if (!DurableFile.TryCreate(PathOf(id, KeyFile.Ending), bytes))
        {
            throw new KeyStoreException($"There is a data key {id} already."); // one chance in 2^64
        }

        var key = new DataKey(id, secret);
        CryptographicOperations.ZeroMemory(secret);
        opened[id] = key;
        return current[month] = key;
    }

    private async Task<KeyLookup> ReadAsync(DataKeyId id, CancellationToken cancellationToken)
    {
        if (opened.TryGetValue(id, out var known))
        {
            return new KeyLookup.Found(known);
        }

        if (File.Exists(PathOf(id, KeyFile.GoneEnding)))
        {
            return new KeyLookup.Destroyed();
        }

        if (!File.Exists(PathOf(id, KeyFile.Ending)))
        {
            return new KeyLookup.Missing();
        }

        var key = await KeyFile.ReadAsync(id, await File.ReadAllBytesAsync(PathOf(id, KeyFile.Ending), cancellationToken), wrapping, cancellationToken);
        opened[id] = key;
        return new KeyLookup.Found(key);
    }

    private bool Destroy(DataKeyId id)
    {
        DurableFile.CreateDirectory(directory);
        var isFirst = DurableFile.TryCreate(PathOf(id, KeyFile.GoneEnding), []); // from here on nobody opens it, whatever happens next
        Forget(id);
        DurableFile.Destroy(PathOf(id, KeyFile.Ending));
        return isFirst;
    }

    private void Forget(DataKeyId id)
    {
        opened.TryRemove(id, out _);
        foreach (var (month, key) in current)
        {
            if (key.Id == id)
            {
                current.TryRemove(month, out _);
            }
        }
    }

    private ImmutableArray<DataKeyInfo> List()
    {
        if (!Directory.Exists(directory))
        {
            return [];
        }

        var files = Directory.EnumerateFiles(directory).Select(Path.GetFileName).ToHashSet(StringComparer.Ordinal);
        return [.. files.Where(static name => name!.EndsWith(KeyFile.Ending, StringComparison.Ordinal) || name.EndsWith(KeyFile.GoneEnding, StringComparison.Ordinal))
            .Select(static name => DataKeyId.TryParse(Path.GetFileNameWithoutExtension(name), out var id) ? id : default)
            .Where(static id => id != default)
            .Distinct()
            .OrderBy(static id => id.Value, StringComparer.Ordinal)
            .Select(id => new DataKeyInfo(id, files.Contains(id.Value + KeyFile.GoneEnding)))];
    }

    /// <summary>Off the caller's thread, which may be a socket's, and one at a time.</summary>
    private async Task<T> AloneAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new KeyStoreException($"The data keys in {directory} cannot be reached: {fault.Message}", fault);
        }
        finally
        {
            gate.Release();
        }
    }
}
