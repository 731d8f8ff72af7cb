using System.Collections;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Paddock.Store.Ledger;

/// <summary>Values of many records as one array per column, for <c>unnest</c>.</summary>
internal sealed class PostgresColumns
{
    private readonly CallField[] fields;
    private readonly IList[] columns;

    public PostgresColumns(params CallField[] fields)
    {
        this.fields = fields;
        columns = [.. fields.Select(f => NewColumn(f.Kind))];
    }

    public int Count => columns[0].Count;

    /// <summary><c>$1::uuid[], $2::bigint[], …</c></summary>
    public static string Parameters(params CallField[] fields) => string.Join(", ", fields.Select((f, i) => $"${i + 1}::{TypeOf(f.Kind)}[]"));

    /// <summary>Adds one row of all columns from one or two stretches of values.</summary>
    public void Add(ReadOnlySpan<byte> values, int first = 0, int? count = null)
    {
        var reader = new FieldReader(values);
        for (var i = first; i < first + (count ?? fields.Length - first); i++)
        {
            switch (fields[i].Kind)
            {
                case FieldKind.Id: ((List<Guid>)columns[i]).Add(reader.Id()); break;
                case FieldKind.Int: ((List<long>)columns[i]).Add(reader.Int()); break;
                case FieldKind.Flag: ((List<bool>)columns[i]).Add(reader.Flag()); break;
                case FieldKind.OptionalInt: ((List<long?>)columns[i]).Add(reader.OptionalInt()); break;
                default: ((List<string?>)columns[i]).Add(reader.Text(out var utf8) ? Encoding.UTF8.GetString(utf8) : null); break;
            }
        }
    }

    /// <summary>Adds the value of the first column, an id.</summary>
    public void AddId(Guid id) => ((List<Guid>)columns[0]).Add(id);

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
