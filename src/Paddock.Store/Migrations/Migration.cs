using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Paddock.Store.Migrations;

/// <summary>One forward step of the schema, written once for both databases.</summary>
/// <param name="MinReader">The oldest schema version whose server can still use the result: additive steps keep it, so that version N runs on N+1.</param>
internal sealed record Migration(int Version, string Name, string Sql, int MinReader)
{
    private const string Prefix = "Paddock.Store.Migrations.V";
    private const string MinReaderLine = "-- min_reader: ";

    /// <summary>Every step, in order.</summary>
    public static readonly IReadOnlyList<Migration> All = Load();

    /// <summary>SHA-256 of the text before it is translated to a dialect, so that both databases record the same.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <param name="resource">Such as <c>V001_Initial.sql</c>, after the namespace.</param>
    public static Migration Parse(string resource, string sql)
    {
        var name = Path.GetFileNameWithoutExtension(resource);
        var line = sql.AsSpan(0, sql.IndexOf('\n', StringComparison.Ordinal));
        return line.StartsWith(MinReaderLine, StringComparison.Ordinal)
            ? new(int.Parse(name.AsSpan(1, 3), CultureInfo.InvariantCulture), name[5..], sql, int.Parse(line[MinReaderLine.Length..], CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"{resource} does not begin with '{MinReaderLine}N'.");
    }

    private static Migration[] Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n => Parse(n[(Prefix.Length - 1)..], Read(assembly, n)))];
    }

    private static string Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
