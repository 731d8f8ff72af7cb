namespace Paddock.Core.Audit.Payloads;

/// <summary>What data keys are for. A class has a key for every month, so that a class and a month can be made unreadable as a whole.</summary>
public static class KeyClasses
{
    /// <summary>Salts of commitments in audit entries (<see cref="SealingKey"/>): names of resources and other short texts.</summary>
    public const string Names = "names";

    /// <summary>Payloads of rules that name no class of their own.</summary>
    public const string Content = "content";

    /// <summary>Whether a text can be a class: lower-case letters, digits and '-', beginning with a letter, at most <see cref="DataKeyId.LongestClass"/> characters.</summary>
    public static bool IsName(string text) =>
        text is { Length: > 0 and <= DataKeyId.LongestClass } && char.IsAsciiLetterLower(text[0]) && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
