using System.Collections.Frozen;

namespace Paddock.Core.Audit.Masking;

/// <summary>What was masked, in the words of placeholders. Those of tokens with a form of their own are in <see cref="TokenFormats"/>.</summary>
internal static class MaskKinds
{
    public const string PrivateKey = "private-key", Password = "password", Credential = "credential", Cookie = "cookie", Jwt = "jwt", Random = "random", Unread = "unread";
    public const string Email = "email", Card = "card", Iban = "iban";

    private static readonly FrozenSet<string> personal = FrozenSet.ToFrozenSet([Email, Card, Iban]);

    private static readonly FrozenSet<string> known =
        TokenFormats.All.Select(static format => format.Kind).Concat([PrivateKey, Password, Credential, Cookie, Jwt, Random, Unread, TokenFormats.Bot]).Concat(personal).ToFrozenSet(StringComparer.Ordinal);

    public static bool IsPersonal(string kind) => personal.Contains(kind);

    public static bool IsKnown(ReadOnlySpan<char> kind) => known.GetAlternateLookup<ReadOnlySpan<char>>().Contains(kind);
}
