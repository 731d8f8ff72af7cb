using System.Text;

namespace Paddock.Core.Policies.Expressions;

/// <summary>A value while an expression is evaluated; an error is a value too. Holds lists as they are, so that nothing is allocated.</summary>
internal readonly struct CelValue
{
    public static readonly CelValue Error;
    public static readonly CelValue True = new(CelKind.Bool, 1, null);
    public static readonly CelValue False = new(CelKind.Bool, 0, null);

    private readonly long bits;
    private readonly object? reference;

    private CelValue(CelKind kind, long bits, object? reference) => (Kind, this.bits, this.reference) = (kind, bits, reference);

    public CelKind Kind { get; }

    public bool IsError => Kind is CelKind.Error;

    public bool IsTrue => Kind is CelKind.Bool && bits != 0;

    public bool IsFalse => Kind is CelKind.Bool && bits == 0;

    /// <summary>An integer, or the nanoseconds of a duration, or those since 1970 of a timestamp.</summary>
    public long Int => bits;

    public double Double => Kind is CelKind.Int ? bits : BitConverter.Int64BitsToDouble(bits);

    public string Text => (string)reference!; // of that kind

    public static CelValue Of(bool value) => value ? True : False;

    public static CelValue Of(long value, CelKind kind = CelKind.Int) => new(kind, value, null);

    public static CelValue Of(double value) => new(CelKind.Double, BitConverter.DoubleToInt64Bits(value), null);

    public static CelValue Of(string value) => new(CelKind.Text, 0, value);

    public static CelValue Of(IReadOnlyList<string> value) => new(CelKind.List, 0, value);

    public static CelValue Of(IReadOnlyList<IReadOnlyList<string>> value) => new(CelKind.List, 0, value);

    public static CelValue Of(IReadOnlyList<CelValue> value) => new(CelKind.List, 0, value);

    public int Count => reference switch
    {
        IReadOnlyList<string> texts => texts.Count,
        IReadOnlyList<IReadOnlyList<string>> lists => lists.Count,
        IReadOnlyList<CelValue> values => values.Count,
        _ => 0,
    };

    public CelValue At(int index) => reference switch
    {
        IReadOnlyList<string> texts => Of(texts[index]),
        IReadOnlyList<IReadOnlyList<string>> lists => Of(lists[index]),
        IReadOnlyList<CelValue> values => values[index],
        _ => Error,
    };

    /// <summary>Equality as CEL has it: numbers by value whatever their type, NaN equal to nothing.</summary>
    public bool IsEqual(in CelValue other)
    {
        if (Kind is CelKind.Int or CelKind.Double && other.Kind is CelKind.Int or CelKind.Double)
        {
            return Kind == other.Kind && Kind is CelKind.Int ? bits == other.bits : Compare(this, other) == 0;
        }

        return Kind == other.Kind && Kind switch
        {
            CelKind.Text => string.Equals(Text, other.Text, StringComparison.Ordinal),
            CelKind.List => ListsAreEqual(other),
            _ => bits == other.bits,
        };
    }

    /// <summary>Below 0, 0 or above 0; null when the two have no order (NaN).</summary>
    public static int? Compare(in CelValue left, in CelValue right)
    {
        switch (left.Kind)
        {
            case CelKind.Text:
                return CompareTexts(left.Text, right.Text);
            case CelKind.Int or CelKind.Double when left.Kind != right.Kind:
                return left.Kind is CelKind.Int ? CompareMixed(left.bits, right.Double) : -CompareMixed(right.bits, left.Double);
            case CelKind.Double:
                return double.IsNaN(left.Double) || double.IsNaN(right.Double) ? null : left.Double < right.Double ? -1 : left.Double > right.Double ? 1 : 0;
            default:
                return left.bits.CompareTo(right.bits);
        }
    }

    /// <summary>Exact, where a conversion of the integer would round.</summary>
    private static int? CompareMixed(long left, double right) =>
        double.IsNaN(right) ? null
        : right >= 9223372036854775808.0 ? -1
        : right < -9223372036854775808.0 ? 1
        : left != (long)right ? left.CompareTo((long)right)
        : 0.0.CompareTo(right - Math.Truncate(right));

    /// <summary>By code points; UTF-16 units would put what lies outside the basic plane before some that lie in it.</summary>
    private static int CompareTexts(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            if (left[i] != right[i])
            {
                return Rank(left[i]).CompareTo(Rank(right[i]));
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;

    private bool ListsAreEqual(in CelValue other)
    {
        var count = Count;
        if (count != other.Count)
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            if (!At(i).IsEqual(other.At(i)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Code points of a text, or elements of a list.</summary>
    public long Size()
    {
        if (Kind is not CelKind.Text)
        {
            return Count;
        }

        var size = 0L;
        foreach (var _ in Text.EnumerateRunes())
        {
            size++;
        }

        return size;
    }

    public override string ToString() => Kind switch
    {
        CelKind.Error => "error",
        CelKind.Bool => IsTrue ? "true" : "false",
        CelKind.Text => $"\"{Text}\"",
        CelKind.Double => Double.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        CelKind.List => Show(this),
        _ => bits.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static string Show(CelValue list)
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < list.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append(list.At(i));
        }

        return text.Append(']').ToString();
    }
}
