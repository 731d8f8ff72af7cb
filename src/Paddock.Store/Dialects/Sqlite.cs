namespace Paddock.Store.Dialects;

/// <summary>SQLite: strict tables, 64-bit integers, ids as 16 big-endian bytes.</summary>
internal sealed class Sqlite : IDialect
{
    public string Name => "sqlite";

    public string? Notify => null;

    public string? NotifyContainments => null;

    public string? NotifyApproval => null;

    public string Translate(string sql) => sql
        .Replace("{int}", "INTEGER", StringComparison.Ordinal)
        .Replace("{flag}", "INTEGER", StringComparison.Ordinal)
        .Replace("{id}", "BLOB", StringComparison.Ordinal)
        .Replace("{bytes}", "BLOB", StringComparison.Ordinal)
        .Replace("{serial}", "INTEGER PRIMARY KEY AUTOINCREMENT", StringComparison.Ordinal)
        .Replace("{table}", "STRICT", StringComparison.Ordinal)
        .Replace("{clustered}", "STRICT, WITHOUT ROWID", StringComparison.Ordinal);

    public object Id(Guid id) => id.ToByteArray(bigEndian: true);

    public string AmongIds(string column) => $"{column} IN @ids";

    public object Ids(IEnumerable<Guid> ids) => ids.Select(id => id.ToByteArray(bigEndian: true)).ToArray();

    public string Begins(string column) => $"({column} >= @search AND {column} < @end)"; // its own collation is by bytes, so that an index serves

    public string Rows(string columns) => $"(SELECT {string.Join(", ", columns.Split(' ').Select(static column => ValueOf(column[..^2], column[^1])))} FROM json_each(@rows))";

    public string WithUserId(string column) => $"""json_replace({column}, '$.texts."user.id"', @pseudonym)""";

    public Guid ReadId(object value) => new((byte[])value, bigEndian: true);

    private static string ValueOf(string name, char kind) => kind is 'b' ? $"unhex(substr(value ->> '$.{name}', 3)) AS {name}" : $"value ->> '$.{name}' AS {name}";
}
