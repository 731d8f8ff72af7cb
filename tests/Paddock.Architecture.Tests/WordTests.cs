using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Paddock.Architecture.Tests;

/// <summary>Folders are words, and the glossary explains each.</summary>
public partial class WordTests
{
    private static readonly string[] noWords = ["Common", "Shared", "Utils", "Utilities", "Helpers", "Managers", "Services", "Misc", "Infrastructure"];
    private static readonly string[] noEndings = ["Helper", "Helpers", "Manager", "Utils", "Utilities"];

    [Fact]
    public void Every_folder_of_the_product_is_a_word_of_the_glossary()
    {
        var words = GlossaryWord().Matches(Repository.Read("docs/GLOSSARY.md")).Select(m => m.Groups["word"].Value).ToHashSet(StringComparer.Ordinal);

        Repository.ProductFolders().Where(f => !words.Contains(f.Folder)).Select(f => f.Path)
            .ShouldBeNone("docs/GLOSSARY.md has no **bold** entry at the start of a line or table row for:");
    }

    [Fact]
    public void No_folder_and_no_type_is_a_drawer_for_anything() =>
        Repository.ProductFolders().Where(f => noWords.Contains(f.Folder, StringComparer.Ordinal)).Select(f => f.Path)
            .Concat(from source in Repository.Product
                    from type in source.TopLevelTypes
                    let name = type.Identifier.ValueText
                    where noWords.Contains(name, StringComparer.Ordinal) || noEndings.Any(e => name.EndsWith(e, StringComparison.Ordinal))
                    select $"{source.Path} {name}")
            .ShouldBeNone("Say what it is:");

    [Fact]
    public void A_namespace_is_file_scoped_and_says_its_folder() =>
        (from source in Repository.Product.Concat(Repository.Tests)
         from declared in source.Nodes<BaseNamespaceDeclarationSyntax>()
         where declared is NamespaceDeclarationSyntax || declared.Name.ToString() != source.FolderNamespace
         select $"{source.Path} says {declared.Name}, its folder says {source.FolderNamespace}")
        .ShouldBeNone("Namespaces match folders:");

    [Fact]
    public void A_type_never_has_the_last_name_of_its_namespace() =>
        (from source in Repository.Product.Concat(Repository.Tests)
         from type in source.TopLevelTypes
         where type.Identifier.ValueText == source.FolderNamespace.Split('.')[^1]
         select $"{source.Path} {type.Identifier}")
        .ShouldBeNone("The compiler would take one for the other (CS0118):");

    [Fact]
    public void A_file_that_holds_a_type_is_named_after_one_of_its_types() =>
        (from source in Repository.Product
         let types = source.TopLevelTypes.Select(t => t.Identifier.ValueText).Concat(source.Nodes<DelegateDeclarationSyntax>().Select(d => d.Identifier.ValueText)).ToArray()
         let name = Path.GetFileNameWithoutExtension(source.Path)
         where types.Length > 0 && name is not "Program" && !types.Any(t => name == t || name.StartsWith(t + ".", StringComparison.Ordinal) || t == name + "s" || name == t + "s")
         select $"{source.Path} holds {string.Join(", ", types)}")
        .ShouldBeNone("The file list is the feature list:");

    [Fact]
    public void A_test_is_named_by_a_sentence() =>
        (from source in Repository.Tests
         from method in source.Nodes<MethodDeclarationSyntax>()
         where method.AttributeLists.SelectMany(l => l.Attributes).Any(a => a.Name.ToString() is "Fact" or "Theory")
         where method.Identifier.ValueText.Count(c => c == '_') < 2 || !method.Modifiers.Any(SyntaxKind.PublicKeyword)
         select $"{source.Path}:{SourceUnit.LineOf(method)} {method.Identifier}")
        .ShouldBeNone("A test says what is true, in a sentence of three words or more:");

    [GeneratedRegex(@"^(\| *|- *)?\*\*(?<word>[A-Za-z]+)\*\*", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GlossaryWord();
}
