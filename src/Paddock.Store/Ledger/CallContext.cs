using System.Security.Cryptography;
using System.Text;

namespace Paddock.Store.Ledger;

/// <summary>What the calls of a task share, and whom they are charged to.</summary>
internal sealed class CallContext
{
    private CallContext(Guid id, byte[] values, string principal, string key, string teams, string? task) =>
        (Id, Values, Principal, Key, Teams, Task) = (id, values, principal, key, TeamNames.Parse(teams), task);

    /// <summary>The first 16 bytes of SHA-256 over the values.</summary>
    public Guid Id { get; }

    /// <summary>The values of <see cref="CallFields.Context"/>, as the journal writes them; empty when it was read from the database.</summary>
    public byte[] Values { get; }

    public string Principal { get; }

    public string Key { get; }

    public string[] Teams { get; }

    public string? Task { get; }

    /// <summary>Whether a committed transaction has written it.</summary>
    public bool Stored { get; set; }

    /// <summary>The batch that writes it.</summary>
    public long Batch { get; set; }

    /// <param name="values">A context as the journal writes it.</param>
    public static CallContext Parse(ReadOnlySpan<byte> values)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(values, hash);
        var reader = new FieldReader(values);
        var principal = Text(ref reader) ?? "";
        var key = Text(ref reader) ?? "";
        var teams = Text(ref reader) ?? "[]";
        reader.Skip(FieldKind.Text);
        reader.Skip(FieldKind.Text);
        return new(new(hash[..16], bigEndian: true), values.ToArray(), principal, key, teams, Text(ref reader));
    }

    /// <param name="teams">A JSON array.</param>
    public static CallContext FromRow(Guid id, string principal, string key, string teams, string? task) =>
        new(id, [], principal, key, teams, task) { Stored = true };

    private static string? Text(ref FieldReader reader) => reader.Text(out var utf8) ? Encoding.UTF8.GetString(utf8) : null;
}
