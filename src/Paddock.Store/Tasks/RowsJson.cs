using System.Text;
using System.Text.Json;

namespace Paddock.Store.Tasks;

/// <summary>Rows as the JSON that <see cref="Dialects.IDialect.Rows"/> reads.</summary>
internal static class RowsJson
{
    public static string OfIds(IEnumerable<string> ids) => Of(ids, static (json, id) => json.WriteString("id", id));

    public static string OfNumbers(string name, IEnumerable<long> numbers) => Of(numbers, (json, number) => json.WriteNumber(name, number));

    /// <param name="write">Writes the members of one row.</param>
    public static string Of<T>(IEnumerable<T> rows, Action<Utf8JsonWriter, T> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartObject();
                write(json, row);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
