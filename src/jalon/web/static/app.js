/* Comportements des pages : aucun n’est indispensable, chaque page reste utilisable sans script. */
(() => {
  "use strict";
  const racine = document.documentElement;
  const un = (selecteur, dans = document) => dans.querySelector(selecteur);
  const tous = (selecteur, dans = document) => [...dans.querySelectorAll(selecteur)];
  const sur = (evenement, selecteur, agir) =>
    document.addEventListener(evenement, (e) => {
      const element = e.target.closest?.(selecteur);
      if (element) agir(e, element);
    });
  const viser = (element) => {
    if (!element) return;
    if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) element.tabIndex = -1;
    element.focus();
  };

  /* Thème : le système décide, sauf choix gardé dans un témoin que le serveur relit. */
  sur("submit", "[data-theme-form]", (e) => {
    e.preventDefault();
    const actuel = racine.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    const theme = (racine.dataset.theme = actuel === "dark" ? "light" : "dark");
    document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  });

  /* Panneaux : un clic ailleurs ou Échap les ferme ; Échap rend le focus. */
  document.addEventListener("click", (e) => {
    tous("details[data-popup][open]").forEach((d) => { if (!d.contains(e.target)) d.open = false; });
  });
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape") return;
    tous("details[data-popup][open]").forEach((d) => { d.open = false; un("summary", d).focus(); });
  });

  /* Un message d’information se ferme sans recharger la page : rien de ce qui est tapé ne se perd. */
  sur("submit", "[data-etat] form", async (e, form) => {
    e.preventDefault();
    const bloc = form.closest("[data-etat]");
    const reponse = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => null);
    if (reponse?.type !== "opaqueredirect") { form.submit(); return; }
    bloc.remove();
    if (!un("[data-etat]")) un(".etats")?.remove();
    viser(un("#contenu"));
  });

  /* Mots du glossaire : un bouton et sa bulle, qui s’ouvre au survol, au clic, par Entrée ou Espace ; elle reste tant qu’on la
     survole, Échap la ferme sans déplacer le focus. Un navigateur sans bulles garde le lien vers le glossaire. */
  let bulles = 0, fermeture = 0;
  const equiper = (bloc) => {
    if (!("popover" in HTMLElement.prototype)) return;
    tous("[data-terme]:not([data-pret])", bloc).forEach((terme) => {
      const [mot, bulle] = terme.children;
      terme.dataset.pret = "";
      bulle.id = `bulle-${(bulles += 1)}`;
      Object.entries({ role: "button", "aria-expanded": "false", "aria-describedby": bulle.id }).forEach(([nom, v]) => mot.setAttribute(nom, v));
    });
  };
  const placer = (terme) => {
    const [mot, bulle] = terme.children, ou = mot.getBoundingClientRect(), taille = bulle.getBoundingClientRect();
    const dessus = ou.bottom + taille.height + 8 > innerHeight && ou.top > taille.height + 8;
    bulle.style.left = `${Math.max(16, Math.min(ou.left, document.documentElement.clientWidth - taille.width - 16))}px`;
    bulle.style.top = `${dessus ? ou.top - taille.height - 4 : ou.bottom + 4}px`;
  };
  const ouverts = () => tous("[data-terme]:has(:popover-open)");
  const basculer = (terme, ouvert, epingle = false) => {
    const [mot, bulle] = terme.children;
    clearTimeout(fermeture);
    if (ouvert) ouverts().forEach((autre) => { if (autre !== terme) basculer(autre, false); });
    if (ouvert !== bulle.matches(":popover-open")) bulle.togglePopover(ouvert);
    mot.setAttribute("aria-expanded", String(ouvert));
    terme.toggleAttribute("data-epingle", ouvert && epingle);
    if (ouvert) placer(terme);
  };
  const pret = (e) => (e.target.closest ? e.target.closest("[data-pret]") : null);
  sur("click", "[data-pret] > .terme__mot", (e, mot) => {
    if (e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    const terme = mot.parentElement;
    basculer(terme, !terme.hasAttribute("data-epingle"), true);
  });
  sur("keydown", "[data-pret] > .terme__mot", (e, mot) => { if (e.key === " ") { e.preventDefault(); mot.click(); } });
  document.addEventListener("pointerover", (e) => {
    const terme = e.pointerType === "mouse" && pret(e);
    if (terme) basculer(terme, true, terme.hasAttribute("data-epingle"));
  });
  document.addEventListener("pointerout", (e) => {
    const terme = pret(e);
    if (!terme || terme.contains(e.relatedTarget) || terme.hasAttribute("data-epingle")) return;
    clearTimeout(fermeture);
    fermeture = setTimeout(() => basculer(terme, false), 300);
  });
  document.addEventListener("focusout", (e) => { const terme = pret(e); if (terme && !terme.contains(e.relatedTarget)) basculer(terme, false); });
  document.addEventListener("click", (e) => ouverts().forEach((terme) => { if (!terme.contains(e.target)) basculer(terme, false); }));
  document.addEventListener("keydown", (e) => { if (e.key === "Escape") ouverts().forEach((terme) => basculer(terme, false)); });
  addEventListener("scroll", () => ouverts().forEach(placer), { capture: true, passive: true });
  document.addEventListener("htmx:oobAfterSwap", () => equiper(document));

  /* Visite guidée : une boîte modale, une étape à la fois ; le focus va au titre, Échap ou « Passer » rendent la page. */
  const visite = un("#boite-visite");
  if (visite) {
    const etapes = tous("li", visite).filter((e) => document.getElementById(e.dataset.ancre));
    let rang = 0;
    const lacher = () => tous(".visite-ici").forEach((e) => e.classList.remove("visite-ici"));
    const montrerEtape = (n) => {
      rang = Math.max(0, Math.min(n, etapes.length - 1));
      const [titre, texte] = etapes[rang].children, vise = document.getElementById(etapes[rang].dataset.ancre);
      const ici = vise.getClientRects().length ? vise : un("details.menu > summary"); /* sur un téléphone, le menu tient les rubriques */
      lacher();
      ici.classList.add("visite-ici");
      ici.scrollIntoView({ block: ici.offsetHeight > innerHeight / 3 ? "start" : "center" });
      un("[data-visite-rang]").textContent = `Étape ${rang + 1} sur ${etapes.length}`;
      un("#visite-titre").textContent = titre.textContent;
      un("#visite-texte").textContent = texte.textContent;
      un("[data-visite-avant]").hidden = !rang;
      un("[data-visite-apres]").hidden = rang === etapes.length - 1;
      un("[data-visite-fin]").textContent = rang === etapes.length - 1 ? "Terminer" : "Ne plus montrer";
      un("#visite-titre").focus();
    };
    const suivre = () => { if (etapes.length) { visite.showModal(); montrerEtape(0); } };
    visite.addEventListener("close", lacher);
    sur("click", "[data-visite-suivre]", (e) => { if (e.ctrlKey || e.metaKey || e.shiftKey) return; e.preventDefault(); suivre(); });
    sur("click", "[data-visite-passer]", () => visite.close());
    sur("click", "[data-visite-avant]", () => montrerEtape(rang - 1));
    sur("click", "[data-visite-apres]", () => montrerEtape(rang + 1));
    if (un("[data-visite=demandee]")) suivre();
  }

  /* Recherche générale : Ctrl K ou le bouton l’ouvrent, les flèches parcourent les réponses, Échap rend le focus. */
  const palette = () => un("#palette");
  const ouvrirPalette = (e) => {
    const boite = palette();
    if (!boite) return;
    e.preventDefault();
    if (boite.open) return;
    boite.showModal();
    un("input", boite).select();
    if (window.htmx) htmx.trigger(un("form", boite), "ouverte");
  };
  sur("click", "[data-palette]", (e) => { if (!e.ctrlKey && !e.metaKey && !e.shiftKey) ouvrirPalette(e); });
  document.addEventListener("keydown", (e) => {
    if ((e.ctrlKey || e.metaKey) && !e.shiftKey && !e.altKey && e.key.toLowerCase() === "k") ouvrirPalette(e);
    if ((e.key !== "ArrowDown" && e.key !== "ArrowUp") || !palette()?.open) return;
    const etapes = [un("input", palette()), ...tous("a", palette())];
    const rang = etapes.indexOf(document.activeElement) + (e.key === "ArrowDown" ? 1 : -1);
    if (etapes[rang]) { e.preventDefault(); etapes[rang].focus(); }
  });
  sur("click", "#palette", (e, boite) => { if (e.target === boite) boite.close(); });

  /* Un tableau ne devient une étape de tabulation que s’il défile réellement. */
  const defilants = () => tous(".tw").forEach((el) => {
    if (el.scrollWidth > el.clientWidth + 1) el.tabIndex = 0; else el.removeAttribute("tabindex");
  });
  addEventListener("resize", defilants);

  sur("change", "[data-check-all]", (e, tout) => tous("[data-check-row]").forEach((c) => { c.checked = tout.checked; }));
  const compterLesCoches = () => {
    const n = tous("[name=dossiers]:checked").length, dit = un("[data-compte]");
    if (dit) dit.textContent = n ? `${n} dossier${n > 1 ? "s" : ""} coché${n > 1 ? "s" : ""}` : "Dossiers cochés";
  };
  sur("change", "[name=dossiers]", compterLesCoches);
  sur("reset", "[data-selection]", () => setTimeout(compterLesCoches));
  sur("click", "[data-imprimer]", () => print());
  sur("click", "[data-voir]", (e, bouton) => {
    const boite = un("input", bouton.parentElement);
    const visible = boite.type === "text";
    boite.type = visible ? "password" : "text";
    bouton.setAttribute("aria-pressed", String(!visible));
  });

  sur("click", "[data-copier]", async (e, bouton) => {
    const boite = un("input", bouton.parentElement);
    boite.select();
    let copie = true;
    try { await navigator.clipboard.writeText(boite.value); } catch { copie = document.execCommand("copy"); }
    un("[data-copie]").textContent = copie ? "Clé copiée." : "La clé est sélectionnée\u00a0: copiez-la avec Ctrl + C.";
  });

  /* Clé d’accès refusée par le navigateur : rien n’est parti, la page dit quoi faire. */
  document.addEventListener("allauth.error", (e) => {
    const erreur = un("[data-refus-cle]");
    if (!erreur) return;
    e.preventDefault();
    erreur.textContent = {
      NotAllowedError: "Votre clé d’accès n’a pas vérifié que c’est bien vous, ou vous avez annulé. Recommencez avec votre empreinte, votre visage ou le code de l’appareil.",
      InvalidStateError: "Cette clé d’accès est déjà enregistrée dans votre compte.",
    }[e.detail.exception?.name] || "Votre clé d’accès n’a pas répondu. Recommencez, ou prenez un autre moyen.";
  });

  /* Double clic : un formulaire ne part qu’une fois. */
  document.addEventListener("submit", (e) => {
    const form = e.target;
    if (e.defaultPrevented || form.method === "dialog" || form.hasAttribute("hx-post") || form.hasAttribute("hx-get")) return;
    if (form.dataset.parti) { e.preventDefault(); return; }
    form.dataset.parti = "1";
    form.setAttribute("aria-busy", "true");
    setTimeout(() => { delete form.dataset.parti; form.removeAttribute("aria-busy"); }, 5000);
    quitteExpres = true;
  });

  /* Lignes ajoutées et retirées (stagiaires). Sans script, les boutons envoient le formulaire. */
  const annoncer = (bloc, texte) => { const zone = un("[data-annonce]", bloc); if (zone) zone.textContent = texte; };
  const plafonner = (bloc) => {
    const bouton = un("[data-ajouter-ligne]", bloc);
    if (bloc.dataset.max && bouton) bouton.disabled = tous("[data-ligne]", bloc).length >= Number(bloc.dataset.max);
  };
  sur("click", "[data-ajouter-ligne]", (e, bouton) => {
    const bloc = bouton.closest("[data-lignes]");
    const modele = un("template[data-modele]", bloc);
    if (!modele) return;
    e.preventDefault();
    const rang = Math.max(-1, ...tous("[data-ligne]", bloc).map((l) => Number(l.dataset.ligne))) + 1;
    const nombre = tous("[data-ligne]", bloc).length + 1;
    un(".lignes__liste", bloc).insertAdjacentHTML(
      "beforeend", modele.innerHTML.replaceAll("__n__", String(rang)).replaceAll("__rang__", String(nombre)));
    const ligne = tous("[data-ligne]", bloc).at(-1);
    window.htmx?.process(ligne);
    preparer(ligne);
    plafonner(bloc);
    annoncer(bloc, `Ligne ${nombre} ajoutée`);
    viser(un("input:not([type=hidden]), select, textarea", ligne));
    bouton.dispatchEvent(new Event("change", { bubbles: true }));
  });
  sur("click", "[data-retirer-ligne]", (e, bouton) => {
    const bloc = bouton.closest("[data-lignes]");
    if (!un("template[data-modele]", bloc)) return;
    e.preventDefault();
    const ligne = bouton.closest("[data-ligne]");
    const voisine = ligne.nextElementSibling || ligne.previousElementSibling;
    ligne.remove();
    tous("[data-ligne]", bloc).forEach((l, i) => tous("[data-rang]", l).forEach((t) => { t.textContent = i + 1; }));
    plafonner(bloc);
    annoncer(bloc, "Ligne retirée");
    viser(voisine ? un("[data-titre], input:not([type=hidden]), select", voisine) : un("[data-ajouter-ligne]", bloc));
    un("[data-ajouter-ligne]", bloc)?.dispatchEvent(new Event("change", { bubbles: true }));
  });

  /* Enregistrement du brouillon : dire où l’on en est, réessayer, ne prévenir au départ que s’il reste à enregistrer. */
  let enCours = null, saisies = 0, enregistrees = 0, essais = 0, reprise = 0, quitteExpres = false;
  const DELAIS = [2, 4, 8, 16, 32, 60];
  const dire = (texte, symbole, echec = false) => {
    const etat = un("[data-enregistrement]");
    if (!etat) return;
    un("[data-texte]", etat).textContent = texte;
    const use = un("use", etat);
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, "#" + symbole));
    etat.classList.toggle("save--err", echec);
    const bouton = un("[data-enregistrer]");
    if (bouton) bouton.hidden = !echec;
  };
  const heure = () => new Date().toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Paris" });
  const brouillon = (e) => e.detail.elt?.closest?.("[data-brouillon]");
  const renvoyer = () => tous("form[data-brouillon]").forEach((form) => window.htmx.ajax("post", form.getAttribute("hx-post"), { source: form }));
  /* En capture : avant que htmx, à l’écoute du formulaire, n’envoie. */
  const quittees = new Set();
  const compter = (e) => {
    if (!e.target.closest?.("[data-brouillon]")) return;
    saisies += 1;
    if (e.type === "change" && e.target.name) quittees.add(e.target.name);
  };
  addEventListener("input", compter, true);
  addEventListener("change", compter, true);
  /* Les cases quittées sont les seules jugées : le serveur les rend avec leur phrase. */
  document.addEventListener("htmx:configRequest", (e) => {
    if (!brouillon(e)) return;
    quittees.forEach((nom) => e.detail.parameters.append("_case", nom));
    quittees.clear();
  });
  sur("click", "[data-enregistrer]", () => { clearTimeout(reprise); renvoyer(); });
  addEventListener("beforeunload", (e) => { if (saisies > enregistrees && !quitteExpres) e.preventDefault(); });
  addEventListener("pageshow", () => { quitteExpres = false; });
  /* L’enregistrement en route se termine avant l’envoi de la section, qui sinon porterait une version dépassée. */
  document.addEventListener("submit", (e) => {
    const form = e.target;
    if (e.defaultPrevented || !form.matches("[data-brouillon]")) return;
    quitteExpres = true;
    if (!form.classList.contains("htmx-request")) return;
    e.preventDefault();
    const { submitter } = e;
    form.addEventListener("htmx:afterRequest", () => setTimeout(() => form.requestSubmit(submitter?.isConnected ? submitter : null)), { once: true });
  });
  /* Ce qui a changé depuis l’envoi reste tel quel : la réponse ne parle que de ce qui était alors écrit. La section redessinée
     reprend ces cases-là ; si des lignes sont venues ou parties, elle attend la réponse suivante. */
  let envoyees = null, lignesEnvoyees = "", reprises = [];
  const lignesDe = (form) => tous("[data-ligne]", form).map((l) => l.dataset.ligne).join();
  const controles = (bloc) => tous("input:not([type=hidden]), select, textarea", bloc).filter((c) => c.name);
  document.addEventListener("htmx:oobBeforeSwap", (e) => {
    const cible = e.detail.target, form = cible?.closest?.("[data-brouillon]");
    if (!form || !envoyees) return;
    const maintenant = new FormData(form);
    const valeurs = (donnees, nom) => JSON.stringify(donnees.getAll(nom));
    const changees = controles(cible).filter((c) => valeurs(maintenant, c.name) !== valeurs(envoyees, c.name));
    const section = cible.id === "cases";
    e.detail.shouldSwap = section ? lignesDe(form) === lignesEnvoyees : !changees.length;
    if (section && e.detail.shouldSwap) reprises = changees.map((c) => ({ nom: c.name, valeur: c.value, coche: c.checked }));
  });
  document.addEventListener("htmx:oobAfterSwap", () => {
    reprises.splice(0).forEach(({ nom, valeur, coche }) => controles(un("#cases")).filter((c) => c.name === nom).forEach((c) => {
      if (!/radio|checkbox/.test(c.type)) c.value = valeur;
      else if (c.value === valeur) c.checked = coche;
    }));
  });
  /* La cloche se relit seule : ni quand l’onglet est caché, ni comme un geste qui prolongerait la session. */
  const seule = (e) => e.detail.elt.matches("[data-veille]");
  document.addEventListener("htmx:beforeRequest", (e) => { if (document.hidden && seule(e)) e.preventDefault(); });
  document.addEventListener("htmx:beforeRequest", (e) => {
    const form = brouillon(e);
    if (!form) return;
    envoyees = new FormData(form);
    lignesEnvoyees = lignesDe(form);
    clearTimeout(reprise);
    e.detail.xhr.saisies = saisies;
    enCours = e.detail.xhr;
    dire("Enregistrement…", "i-refresh-cw");
  });
  document.addEventListener("htmx:afterRequest", (e) => {
    const statut = e.detail.xhr.status;
    if (statut && statut < 400 && !seule(e)) toucher();
    const remplacee = !statut && e.detail.xhr !== enCours;
    if (!brouillon(e) || statut === 401 || remplacee) return;
    if (e.detail.successful) {
      enregistrees = Math.max(enregistrees, e.detail.xhr.saisies ?? 0);
      essais = 0;
      dire(`Brouillon enregistré à ${heure()}`, "i-circle-check");
    } else if (!statut || statut >= 500 || statut === 429) {
      dire("Non enregistré\u00a0: nous réessayons", "i-circle-alert", true);
      reprise = setTimeout(renvoyer, 1000 * DELAIS[Math.min(essais, DELAIS.length - 1)]);
      essais += 1;
    } else {
      dire("Non enregistré", "i-circle-alert", true);
    }
  });

  /* Une réponse d’erreur qui dit où s’afficher s’affiche ; sans réponse, on le dit. */
  const alerter = (texte) => { const zone = un("#alerte"); if (zone) zone.textContent = texte; };
  document.addEventListener("htmx:beforeSwap", (e) => {
    if (e.detail.xhr.status >= 400 && e.detail.xhr.getResponseHeader("HX-Retarget")) e.detail.shouldSwap = true;
    garder(e.detail.target);
  });
  document.addEventListener("htmx:oobBeforeSwap", (e) => garder(e.detail.target));
  document.addEventListener("htmx:sendError", (e) => {
    if (!brouillon(e) && !seule(e)) alerter("La connexion a été interrompue. Rien n’est perdu\u00a0: réessayez.");
  });
  document.addEventListener("htmx:responseError", (e) => {
    const { xhr } = e.detail;
    if (xhr.status === 401) return expirer(e.detail);
    if (!brouillon(e) && !seule(e) && !xhr.getResponseHeader("HX-Retarget")) alerter("Le portail n’a pas pu répondre. Réessayez dans un instant.");
  });

  /* Focus : il reste où il était ; si l’élément a disparu, il va au titre du bloc remplacé. */
  let tenu = null;
  const perdu = () => !document.activeElement || document.activeElement === document.body;
  const garder = (cible) => {
    const { id, name } = document.activeElement || {};
    if (!perdu() && cible?.contains?.(document.activeElement)) tenu = { memes: id ? `#${CSS.escape(id)}` : `[name="${CSS.escape(name || "")}"]`, bloc: cible.id };
  };
  document.addEventListener("htmx:afterSettle", (e) => {
    const recu = e.detail.elt;
    preparer(recu);
    if (e.detail.xhr?.status === 422 && un(".errsum", recu)) viser(un(".errsum", recu));
    const bloc = tenu && ((tenu.bloc && document.getElementById(tenu.bloc)) || recu);
    if (!bloc || !bloc.contains(recu)) return;
    if (perdu()) {
      viser(un(tenu.memes, bloc) || (bloc.matches("h1,h2,h3,legend") ? bloc : un("h1,h2,h3,legend,[data-titre]", bloc)) || bloc);
    }
    tenu = null;
  });

  /* Envoi de fichiers : un à la fois, avec leur avancement. */
  const suivre = (e, valeur, texte) => {
    const form = e.target.closest?.("[data-televersement]");
    if (!form) return;
    const zone = un("[data-suivi]", form);
    zone.hidden = valeur === null;
    un("progress", zone).value = valeur ?? 0;
    const dit = un("[data-suivi-texte]", zone);
    if (texte && dit.textContent !== texte) dit.textContent = texte;
  };
  document.addEventListener("htmx:beforeRequest", (e) => suivre(e, 0, "Envoi du fichier…"));
  document.addEventListener("htmx:xhr:progress", (e) => {
    if (!e.detail.lengthComputable) return;
    const part = Math.round((100 * e.detail.loaded) / e.detail.total);
    suivre(e, part, part >= 100 ? "Contrôle du fichier…" : "");
  });
  document.addEventListener("htmx:sendError", (e) => suivre(e, 0, "L’envoi a été interrompu. Joignez de nouveau le fichier."));
  document.addEventListener("htmx:responseError", (e) => suivre(e, null));

  /* Session : prévenir deux minutes avant la fin ; expirée, se reconnecter sans quitter la page, puis renvoyer. */
  const corps = document.body;
  const duree = Number(corps.dataset.seance || 0);
  const canal = duree && "BroadcastChannel" in window ? new BroadcastChannel("seance") : null;
  const enAttente = [];
  let alarme = 0;
  const armer = () => {
    clearTimeout(alarme);
    un("#seance-fin")?.close();
    if (duree) alarme = setTimeout(() => { if (!un("dialog[open]")) un("#seance-fin").showModal(); }, Math.max(duree - 120, 10) * 1000);
  };
  const toucher = () => { if (duree) { armer(); canal?.postMessage(1); } };
  if (canal) canal.onmessage = armer;
  sur("click", "[data-prolonger]", async () => {
    const reponse = await fetch(corps.dataset.seanceUrl, { headers: { "X-Requested-With": "seance" } }).catch(() => null);
    if (reponse?.ok && new URL(reponse.url).pathname === corps.dataset.seanceUrl) toucher();
    else { un("#seance-fin").close(); ouvrirConnexion(); }
  });
  const expirer = (detail) => {
    const deja = enAttente.findIndex((r) => r.source === detail.elt);
    if (deja >= 0) enAttente.splice(deja, 1);
    enAttente.push({ source: detail.elt, verbe: detail.requestConfig.verb, chemin: detail.requestConfig.path, cible: detail.target });
    dire("Non enregistré\u00a0: connectez-vous pour reprendre", "i-circle-alert", true);
    ouvrirConnexion();
  };
  const ouvrirConnexion = () => {
    const boite = un("#seance-expiree");
    if (!boite) { alerter("Votre session a expiré. Connectez-vous dans un autre onglet, puis réessayez."); return; }
    if (!boite.open) { boite.showModal(); aller(boite.dataset.connexion); }
  };
  const aller = async (adresse, options) => {
    const erreur = un("[data-connexion-erreur]");
    erreur.textContent = "";
    try { await montrer(await fetch(adresse, options), erreur); }
    catch { erreur.textContent = "La connexion a été interrompue. Réessayez."; }
  };
  const montrer = async (reponse, erreur) => {
    const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
    if (un("[data-seance-ouverte]", page)) return reprendre(page, erreur);
    const ici = un("[data-connexion-ici]");
    const carte = un(".seul__carte", page);
    if (!carte) { erreur.textContent = "Continuez la connexion dans un autre onglet, puis revenez ici."; return; }
    tous("h1", carte).forEach((h) => { const h3 = document.createElement("h3"); h3.append(...h.childNodes); h.replaceWith(h3); });
    tous("form", carte).forEach((f) => { f.setAttribute("action", f.getAttribute("action") || new URL(reponse.url).pathname); });
    tous("a", carte).forEach((a) => { a.target = "_blank"; a.rel = "noopener"; });
    ici.replaceChildren(document.importNode(carte, true));
    preparer(ici);
    viser(un(".errsum, input:not([type=hidden])", ici));
  };
  const reprendre = (page, erreur) => {
    if (page.body.dataset.personne !== corps.dataset.personne) {
      erreur.textContent = "Vous êtes connecté avec un autre compte que celui de cette page. Rien n’a été envoyé.";
      return;
    }
    const entetes = page.body.getAttribute("hx-headers");
    const jeton = JSON.parse(entetes)["X-CSRFToken"];
    corps.setAttribute("hx-headers", entetes);
    tous("input[name=csrfmiddlewaretoken]").forEach((c) => { c.value = jeton; });
    un("[data-connexion-ici]").replaceChildren();
    un("#seance-expiree").close();
    toucher();
    enAttente.splice(0).forEach((r) => {
      if (r.source.isConnected) window.htmx.ajax(r.verbe, r.chemin, { source: r.source, target: r.cible });
    });
  };
  sur("submit", "[data-connexion-ici] form", (e, form) => {
    e.preventDefault();
    const donnees = new FormData(form, e.submitter);
    aller(form.getAttribute("action"), { method: "POST", body: donnees, headers: { Accept: "text/html" } });
  });
  sur("click", "[data-reprendre]", () => aller(corps.dataset.seanceUrl));

  /* À l’arrivée sur la page, et sur chaque fragment reçu. */
  function preparer(bloc) {
    tous("[data-voir], [data-imprimer], [data-copier]", bloc).forEach((b) => { b.hidden = false; });
    equiper(bloc);
    defilants();
  }
  preparer(document);
  tous("[data-lignes]").forEach(plafonner);
  armer();
  un(".errsum")?.focus();
})();
