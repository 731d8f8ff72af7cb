namespace Paddock.Store.Ledger;

/// <summary>Whom a call is charged to, as UTF-8 of its opening.</summary>
internal readonly ref struct CallAccounts
{
    /// <summary>Unix microseconds.</summary>
    public long OpenedAt { get; init; }

    public ReadOnlySpan<byte> Principal { get; init; }

    public ReadOnlySpan<byte> Key { get; init; }

    /// <summary>A JSON array.</summary>
    public ReadOnlySpan<byte> Teams { get; init; }

    /// <summary>Empty when there is none.</summary>
    public ReadOnlySpan<byte> Task { get; init; }

    /// <param name="opening">The values of an opening record.</param>
    public static CallAccounts Of(ReadOnlySpan<byte> opening)
    {
        var reader = new FieldReader(opening);
        reader.IdBytes();
        var openedAt = reader.Int();
        reader.Text(out var principal);
        reader.Text(out var key);
        reader.Text(out var teams);
        reader.Text(out _);
        reader.Text(out _);
        reader.Text(out var task);
        return new() { OpenedAt = openedAt, Principal = principal, Key = key, Teams = teams, Task = task };
    }
}
