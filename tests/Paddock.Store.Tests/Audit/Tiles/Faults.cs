using Paddock.Core.Audit.Tiles;
using Paddock.Store.Audit.Tiles;
using Paddock.Store.Dialects;

namespace Paddock.Store.Tests.Audit.Tiles;

/// <summary>A process that dies here: thrown where a crash is played.</summary>
internal sealed class CrashException : Exception;

/// <summary>A lease that can be made to fail around a write.</summary>
internal sealed class FaultyLease(ILogLease inner) : ILogLease
{
    /// <summary>Runs before the next write begins.</summary>
    public Func<Task>? BeforeWrite { get; set; }

    /// <summary>Runs when the next write is committed; what it throws is what the writer sees.</summary>
    public Func<Task>? AfterWrite { get; set; }

    public Task<long?> HoldAsync(CancellationToken cancellationToken) => inner.HoldAsync(cancellationToken);

    public Task ReleaseAsync() => inner.ReleaseAsync();

    public Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) => inner.ReadAsync(work, cancellationToken);

    public async Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken)
    {
        var (before, after) = (BeforeWrite, AfterWrite);
        BeforeWrite = AfterWrite = null;
        await (before?.Invoke() ?? Task.CompletedTask);
        var result = await inner.WriteAsync(work, cancellationToken);
        await (after?.Invoke() ?? Task.CompletedTask);
        return result;
    }
}

/// <summary>Remembers every checkpoint that was ever signed, and can be made to fail.</summary>
internal sealed class WatchedSigner(ILogSigner inner) : ILogSigner
{
    public List<LogCheckpoint> Signed { get; } = [];

    public Exception? Fault { get; set; }

    /// <summary>Breaks each signature.</summary>
    public bool Lies { get; set; }

    public bool MakesKeys => inner.MakesKeys;

    public ValueTask PrepareAsync(CancellationToken cancellationToken) => inner.PrepareAsync(cancellationToken);

    public ValueTask<bool> HasAsync(ReadOnlyMemory<byte> publicKey, CancellationToken cancellationToken) => Fault is null ? inner.HasAsync(publicKey, cancellationToken) : throw new SignerUnavailableException("gone", Fault);

    public ValueTask RotateAsync(CancellationToken cancellationToken) => inner.RotateAsync(cancellationToken);

    public ValueTask RetireAsync(ReadOnlyMemory<byte> publicKey, CancellationToken cancellationToken) => inner.RetireAsync(publicKey, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>> CurrentAsync(CancellationToken cancellationToken) => Fault is null ? inner.CurrentAsync(cancellationToken) : throw new SignerUnavailableException("gone", Fault);

    public async ValueTask<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> publicKey, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (Fault is not null)
        {
            throw Fault;
        }

        Signed.Add(LogCheckpoint.Parse(System.Text.Encoding.UTF8.GetString(message.Span))!);
        var signature = (await inner.SignAsync(publicKey, message, cancellationToken)).ToArray();
        signature[5] ^= (byte)(Lies ? 1 : 0);
        return signature;
    }
}

/// <summary>The last-signed file, which can be made to fail before or after it was written.</summary>
internal sealed class FaultyLastSigned(ILastSigned inner) : ILastSigned
{
    public Exception? Before { get; set; }

    public Exception? After { get; set; }

    public LastSigned? Read() => inner.Read();

    public void Write(LastSigned head)
    {
        var (before, after) = (Before, After);
        Before = After = null;
        if (before is not null)
        {
            throw before;
        }

        inner.Write(head);
        if (after is not null)
        {
            throw after;
        }
    }
}
