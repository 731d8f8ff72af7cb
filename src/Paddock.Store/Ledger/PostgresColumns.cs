using System.Collections;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Paddock.Store.Ledger;

/// <summary>Values of many records as one array per column, for <c>unnest</c>. A row is added in parts, from the first column on.</summary>
internal sealed class PostgresColumns
{
    private readonly CallField[] fields;
    private readonly IList[] columns;
    private int next;

    public PostgresColumns(params CallField[] fields)
    {
        this.fields = fields;
        columns = [.. fields.Select(f => NewColumn(f.Kind))];
    }

    public int Count => columns[0].Count;

    /// <summary><c>$1::uuid[], $2::bigint[], …</c></summary>
    public static string Parameters(params CallField[] fields) => string.Join(", ", fields.Select((f, i) => $"${i + 1}::{TypeOf(f.Kind)}[]"));

    /// <summary>Begins a row with its first columns.</summary>
    public PostgresColumns Row(params ReadOnlySpan<Guid> ids)
    {
        next = 0;
        foreach (var id in ids)
        {
            ((List<Guid>)columns[next++]).Add(id);
        }

        return this;
    }

    /// <summary>Goes on with the row.</summary>
    /// <param name="values">As the journal writes them.</param>
    /// <param name="count">How many of them.</param>
    public PostgresColumns Add(ReadOnlySpan<byte> values, int count)
    {
        var reader = new FieldReader(values);
        for (var end = next + count; next < end; next++)
        {
            switch (fields[next].Kind)
            {
                case FieldKind.Int: ((List<long>)columns[next]).Add(reader.Int()); break;
                case FieldKind.Flag: ((List<bool>)columns[next]).Add(reader.Flag()); break;
                case FieldKind.OptionalInt: ((List<long?>)columns[next]).Add(reader.OptionalInt()); break;
                default: ((List<string?>)columns[next]).Add(reader.Text(out var utf8) ? Encoding.UTF8.GetString(utf8) : null); break;
            }
        }

        return this;
    }

    public NpgsqlCommand Command(string sql, NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(sql, connection);
        for (var i = 0; i < fields.Length; i++)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = columns[i], NpgsqlDbType = NpgsqlDbType.Array | DbTypeOf(fields[i].Kind) });
        }

        return command;
    }

    private static IList NewColumn(FieldKind kind) => kind switch
    {
        FieldKind.Id => new List<Guid>(),
        FieldKind.Int => new List<long>(),
        FieldKind.Flag => new List<bool>(),
        FieldKind.OptionalInt => new List<long?>(),
        _ => new List<string?>(),
    };

    private static string TypeOf(FieldKind kind) => kind switch
    {
        FieldKind.Id => "uuid",
        FieldKind.Int or FieldKind.OptionalInt => "bigint",
        FieldKind.Flag => "boolean",
        _ => "text",
    };

    private static NpgsqlDbType DbTypeOf(FieldKind kind) => kind switch
    {
        FieldKind.Id => NpgsqlDbType.Uuid,
        FieldKind.Int or FieldKind.OptionalInt => NpgsqlDbType.Bigint,
        FieldKind.Flag => NpgsqlDbType.Boolean,
        _ => NpgsqlDbType.Text,
    };
}
