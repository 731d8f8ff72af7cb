using System.Globalization;
using System.Text.Json;
using CsCheck;

namespace Paddock.Gateway.Tests.Rig;

/// <summary>Well-formed JSON as odd as it gets: whitespace anywhere, numbers and escapes in all spellings.</summary>
public static class JsonTexts
{
    public static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[Gen.Char.AlphaNumeric, 0, 40], Gen.String[Gen.Char[" \"\\\n\t\u0001\u001f é😀/ud800"], 0, 40], Gen.String[0, 20]);

    public static readonly Gen<string> Whitespace = Gen.OneOfConst("", "", "", " ", "\n", "\r\n\t ");

    public static readonly Gen<string> Scalars = Gen.OneOf(
        Gen.OneOfConst("true", "false", "null", "0", "-0", "1.0e+2", "-12.5E-7", "123456789012345678901234567890", "\"\\u0041\\ud83d\\ude00\\/\\b\"", "\"\""),
        Gen.Long.Select(n => n.ToString(CultureInfo.InvariantCulture)),
        Texts.Select(Encode));

    public static readonly Gen<string> Values = Gen.Recursive<string>((depth, inner) => depth > 4
        ? Scalars
        : Gen.OneOf(
            Scalars,
            Gen.Select(inner, Whitespace, (one, space) => space + one + space).Array[0, 4].Select(all => "[" + string.Join(',', all) + "]"),
            Gen.Select(Texts, Whitespace, inner, (name, space, one) => space + Encode(name) + space + ":" + space + one).Array[0, 4].Select(all => "{" + string.Join(',', all) + "}")));

    public static string Encode(string text) => JsonSerializer.Serialize(text);
}
