namespace Paddock.Core.Ledger;

/// <summary>Id of one governed call: a UUIDv7, so that ids sort by time. Written <c>call_</c> and 32 hexadecimal digits.</summary>
public readonly record struct CallId(Guid Value)
{
    public static CallId Create(DateTimeOffset at) => new(Guid.CreateVersion7(at));

    public static bool TryParse(string text, out CallId id)
    {
        id = default;
        if (text is not { Length: 37 } || !text.StartsWith("call_", StringComparison.Ordinal) || !Guid.TryParseExact(text.AsSpan(5), "N", out var guid))
        {
            return false;
        }

        id = new(guid);
        return true;
    }

    public override string ToString() => "call_" + Value.ToString("N");
}
