using System.Buffers;

namespace Paddock.Core.Audit.Masking;

/// <summary>Runs of characters, and where one begins.</summary>
internal static class CharSets
{
    private const string Digits = "0123456789", Lower = "abcdefghijklmnopqrstuvwxyz", Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly SearchValues<char>[] sets =
    [
        SearchValues.Create(Digits), SearchValues.Create(Digits + "abcdef"), SearchValues.Create(Digits + Upper), SearchValues.Create(Digits + Lower + Upper),
        SearchValues.Create(Digits + Lower + Upper + "_"), SearchValues.Create(Digits + Lower + Upper + "_-"), SearchValues.Create(Digits + Lower + Upper + "_-."),
        SearchValues.Create(Digits + Lower + Upper + "_-+/"), SearchValues.Create(Digits + Lower + Upper + "_-+/="),
    ];

    /// <summary>How many characters of the set the text begins with.</summary>
    public static int Run(ReadOnlySpan<char> text, TokenChars chars) => text.IndexOfAnyExcept(sets[(int)chars]) is >= 0 and var end ? end : text.Length;

    /// <summary>How many characters of the set the text ends with.</summary>
    public static int RunBack(ReadOnlySpan<char> text, TokenChars chars) => text.Length - 1 - text.LastIndexOfAnyExcept(sets[(int)chars]);

    /// <summary>Whether a word may begin here. An escape such as <c>\n</c> before it ends with a letter and is none.</summary>
    public static bool Begins(ReadOnlySpan<char> text, int at) =>
        at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]) || (at > 1 && text[at - 2] == '\\' && text[at - 1] is 'n' or 'r' or 't' or 'b' or 'f');

    /// <summary>Whether a word that ends before this place is over.</summary>
    public static bool IsOver(ReadOnlySpan<char> text, int at) => at >= text.Length || !char.IsAsciiLetterOrDigit(text[at]);
}
