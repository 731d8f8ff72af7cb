using System.Text.RegularExpressions;

namespace Paddock.Architecture.Tests;

/// <summary>What holds for sources holds for Razor components too; and they only draw.</summary>
public partial class ComponentTests
{
    private const int FileLimit = 150, CodeLimit = 80;

    private static readonly string[] components = [.. Repository.Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.EndsWith(".razor", StringComparison.Ordinal) && !f.EndsWith("/_Imports.razor", StringComparison.Ordinal))];

    [Fact]
    public void Components_are_drawn_by_the_console_alone() =>
        components.Where(f => !f.StartsWith("src/Paddock.Web/", StringComparison.Ordinal)).ShouldBeNone("Drawn → Web:");

    [Fact]
    public void A_component_is_small() =>
        (from file in components
         let text = Repository.Read(file)
         let lines = text.AsSpan().Count('\n')
         let code = text[Math.Max(0, text.IndexOf("\n@code", StringComparison.Ordinal))..].AsSpan().Count('\n')
         where lines > FileLimit || (text.Contains("\n@code", StringComparison.Ordinal) && code > CodeLimit)
         select $"{file}: {lines} lines, {code} of code")
        .ShouldBeNone($"At most {FileLimit} lines, {CodeLimit} of them code; split it by what is drawn:");

    [Fact]
    public void A_component_begins_by_saying_what_it_is() =>
        components.Where(f => !SaysWhatItIs().IsMatch(Repository.Read(f))).ShouldBeNone("The first line is `@* A sentence. *@`:");

    [Fact]
    public void A_component_only_draws_what_it_is_given() =>
        Found(Fetches()).ShouldBeNone("What a page shows is fetched before it is drawn, by its use case:");

    [Fact]
    public void A_page_has_no_script_no_style_of_its_own_and_nothing_from_elsewhere() =>
        Found(Forbidden()).ShouldBeNone("The content security policy would refuse it:");

    [Fact]
    public void Text_becomes_markup_in_one_place() =>
        (from file in components.Concat(Repository.Product.Select(s => s.Path))
         where file != "src/Paddock.Web/Kit/Visible.razor"
         where RawMarkup().IsMatch(Repository.Read(file))
         select file)
        .ShouldBeNone("Kit/Visible is the only one that may:");

    [Fact]
    public void Forms_to_the_console_hold_its_token() =>
        components.Where(f => f is not ("src/Paddock.Web/Kit/PostForm.razor" or "src/Paddock.Web/Kit/ThemeChoice.razor") && PostingForm().IsMatch(Repository.Read(f)))
            .ShouldBeNone("Use PostForm:");

    [Fact]
    public void Nothing_is_left_for_later_in_a_component() => Found(LeftForLater()).ShouldBeNone("Do it or leave it out:");

    [Fact]
    public void Every_component_is_used() =>
        (from file in components
         let name = Path.GetFileNameWithoutExtension(file)
         let used = new Regex($@"(<{name}\b|\b{name}\.)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
         where !components.Where(other => other != file).Any(other => used.IsMatch(Repository.Read(other))) && !Repository.Product.Any(source => used.IsMatch(Repository.Read(source.Path)))
         select file)
        .ShouldBeNone("Nobody draws:");

    private static IEnumerable<string> Found(Regex what) =>
        from file in components
        from Match match in what.Matches(Repository.Read(file))
        select $"{file}: {match.Value.Trim()}";

    [GeneratedRegex(@"\A@\* [A-Z][^\n]*\. \*@\n", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SaysWhatItIs();

    [GeneratedRegex(@"@inject\b|\[Inject\]|\bawait\b|@rendermode\b|@page\b|@layout\b|OnInitialized|OnParametersSet|RunAsync", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fetches();

    [GeneratedRegex(@"<script|<style|<iframe|<img|\sstyle=|\s@?on[a-z]+=|javascript:|(src|href|action)=""(https?:)?//", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"MarkupString|AddMarkupContent", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RawMarkup();

    [GeneratedRegex(@"<form[^>]*method=""post""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PostingForm();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LeftForLater();
}
