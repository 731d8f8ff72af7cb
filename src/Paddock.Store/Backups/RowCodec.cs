using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using Paddock.Store.Dialects;

namespace Paddock.Store.Backups;

/// <summary>Rows as lines: one JSON array per row, the same whichever database it comes from.</summary>
internal static class RowCodec
{
    private static readonly JsonWriterOptions options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Utf8JsonWriter Writer(Stream to) => new(to, options);

    /// <summary>Writes the current row and a line end.</summary>
    public static void Write(Utf8JsonWriter writer, Stream to, DbDataReader row, BackupColumn[] columns, IDialect dialect)
    {
        writer.WriteStartArray();
        for (var i = 0; i < columns.Length; i++)
        {
            if (row.IsDBNull(i))
            {
                writer.WriteNullValue();
                continue;
            }

            switch (columns[i].Kind)
            {
                case ValueKind.Int: writer.WriteNumberValue(row.GetInt64(i)); break;
                case ValueKind.Flag: writer.WriteBooleanValue(row.GetBoolean(i)); break;
                case ValueKind.Id: writer.WriteStringValue(dialect.ReadId(row.GetValue(i)).ToString("N")); break;
                case ValueKind.Bytes: writer.WriteBase64StringValue((byte[])row.GetValue(i)); break;
                default: writer.WriteStringValue(row.GetString(i)); break;
            }
        }

        writer.WriteEndArray();
        writer.Flush();
        writer.Reset();
        to.WriteByte((byte)'\n');
    }

    /// <summary>The values of a line, as the database's parameters.</summary>
    /// <exception cref="FormatException">The line does not hold one value of the right kind per column.</exception>
    public static void Read(string line, BackupColumn[] columns, IDialect dialect, object?[] values)
    {
        using var document = JsonDocument.Parse(line);
        if (document.RootElement.ValueKind is not JsonValueKind.Array || document.RootElement.GetArrayLength() != columns.Length)
        {
            throw new FormatException("A row does not have its table's columns.");
        }

        var i = 0;
        foreach (var value in document.RootElement.EnumerateArray())
        {
            values[i] = value.ValueKind is JsonValueKind.Null ? null : columns[i].Kind switch
            {
                ValueKind.Int => value.GetInt64(),
                ValueKind.Flag => value.GetBoolean(),
                ValueKind.Id => dialect.Id(Guid.ParseExact(value.GetString()!, "N")),
                ValueKind.Bytes => value.GetBytesFromBase64(),
                _ => value.GetString(),
            };
            i++;
        }
    }
}
