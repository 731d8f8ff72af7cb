using System.Collections.Immutable;
using System.Text;
using Paddock.Core.Audit.Payloads;

namespace Paddock.Core.Audit.Masking;

/// <summary>
/// Replaces what looks like a secret or like personal data by placeholders. It knows shapes, not secrets: it can miss one. Masking twice is masking
/// once; what has no finding stays byte for byte; every pass takes time in proportion to the text.
/// </summary>
/// <param name="key">Equal values have equal placeholders under one key.</param>
public sealed class Masker(DataKey key)
{
    /// <summary>A masked text is at most this many times as long, and <see cref="MostAdded"/> characters: short values have longer placeholders.</summary>
    public const int MostGrowth = 5;

    public const int MostAdded = 64;

    /// <summary>One pass finds nearly everything; a placeholder can end a word, so that what stands beside it is found by the next.</summary>
    private const int MostPasses = 8;

    private static readonly UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="name">What the text is the value of, when it has a name; a secret's name masks all of it.</param>
    public MaskedText Mask(string text, string? name = null)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        return new(Mask(text, name, Encoding.UTF8, found), found.ToImmutable());
    }

    /// <param name="content">UTF-8: JSON, of which every string is looked at by itself and without its escapes, or text. Other bytes are read as Latin-1.</param>
    public MaskedContent Mask(ReadOnlyMemory<byte> content)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        for (var pass = 0; pass < MostPasses; pass++)
        {
            if (Pass(content, found) is not { } masked)
            {
                return new(content, found.ToImmutable());
            }

            content = masked;
        }

        Count(found, MaskKinds.Unread);
        return new(Encoding.ASCII.GetBytes(Placeholder.For(MaskKinds.Unread, content.Span, key)), found.ToImmutable());
    }

    internal string Mask(string text, string? name, Encoding encoding, IDictionary<string, int> found)
    {
        if (name is not null && SecretNames.KindOf(name) is { } kind && new SecretValue(0, text.Length, IsQuoted: true).IsSecret(text, isTight: true) && Placeholder.Next(text, 0) is var (start, length) && (start > 0 || length < text.Length))
        {
            Count(found, kind);
            return Placeholder.For(kind, encoding.GetBytes(text), key);
        }

        for (var pass = 0; pass < MostPasses; pass++)
        {
            if (Pass(text, encoding, found) is not { } masked)
            {
                return text;
            }

            text = masked;
        }

        Count(found, MaskKinds.Unread);
        return Placeholder.For(MaskKinds.Unread, encoding.GetBytes(text), key);
    }

    internal static void Count(IDictionary<string, int> found, string kind) => found[kind] = found.TryGetValue(kind, out var before) ? before + 1 : 1;

    /// <summary>A card's number that stands as a number in JSON.</summary>
    internal string Card(ReadOnlySpan<byte> digits) => Placeholder.For(MaskKinds.Card, digits, key);

    private byte[]? Pass(ReadOnlyMemory<byte> content, IDictionary<string, int> found)
    {
        if (JsonMasking.MayBe(content.Span) && new JsonMasking(this, found).TryMask(content.Span, out var masked))
        {
            return masked;
        }

        Encoding encoding = strict;
        string text;
        try
        {
            text = encoding.GetString(content.Span);
        }
        catch (DecoderFallbackException)
        {
            encoding = Encoding.Latin1;
            text = encoding.GetString(content.Span);
        }

        return TextPass(text, encoding, found) is { } changed ? encoding.GetBytes(changed) : null;
    }

    /// <returns>Null when nothing was found.</returns>
    private string? Pass(string text, Encoding encoding, IDictionary<string, int> found)
    {
        // Arguments often hold JSON as a text once more.
        var json = encoding is UTF8Encoding && text.AsSpan().TrimStart() is ['{' or '[', ..] ? encoding.GetBytes(text) : [];
        return JsonMasking.MayBe(json) && new JsonMasking(this, found).TryMask(json, out var masked)
            ? masked is null ? null : encoding.GetString(masked)
            : TextPass(text, encoding, found);
    }

    private string? TextPass(string text, Encoding encoding, IDictionary<string, int> found)
    {
        var findings = Findings.In(text);
        if (findings.Count == 0)
        {
            return null;
        }

        var masked = new StringBuilder(text.Length);
        var from = 0;
        foreach (var finding in findings)
        {
            Count(found, finding.Kind);
            masked.Append(text, from, finding.Start - from).Append(Placeholder.For(finding.Kind, encoding.GetBytes(text[finding.Start..finding.End]), key));
            from = finding.End;
        }

        return masked.Append(text, from, text.Length - from).ToString();
    }
}
