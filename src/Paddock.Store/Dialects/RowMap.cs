using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Paddock.Store.Dialects;

/// <summary>Makes values of rows: single ones by conversion, others by Dapper from columns of the same names.</summary>
internal static class RowMap
{
    public static Func<DbDataReader, T> Of<T>(DbDataReader reader) => IsValue(typeof(T)) ? static row => ValueOf<T>(row)! : reader.GetRowParser<T>();

    /// <summary>The first column; the type's default when it is null.</summary>
    public static T? ValueOf<T>(DbDataReader row) => row.GetValue(0) switch
    {
        DBNull => default,
        T value => value,
        var other => (T)Convert.ChangeType(other, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), CultureInfo.InvariantCulture),
    };

    private static bool IsValue(Type type) => type.IsPrimitive || type == typeof(string) || type == typeof(byte[]) || type == typeof(decimal) || type == typeof(Guid) || Nullable.GetUnderlyingType(type) is not null;
}
